package devstack

import (
	"encoding/json"

	"github.com/golang-jwt/jwt/v5"
	"github.com/oauth2-proxy/mockoidc"
)

// LoginUser is somebody whom one may pick to be.
type LoginUser struct {
	Subject   string // the same at every start, so that the product knows them again
	Name      string
	Email     string
	Role      string // as the product is told
	RoleLabel string // as the page shows it
}

// about is what the tokens say of a user beside the usual.
type about struct {
	Name          string   `json:"name"`
	Email         string   `json:"email"`
	EmailVerified bool     `json:"email_verified"`
	Roles         []string `json:"roles"`
	AMR           []string `json:"amr"` // as if there had been a second factor
}

func (u LoginUser) about() about {
	return about{Name: u.Name, Email: u.Email, EmailVerified: true, Roles: []string{u.Role}, AMR: []string{"pwd", "mfa"}}
}

// ID implements mockoidc.User.
func (u LoginUser) ID() string { return u.Subject }

// Claims implements mockoidc.User.
func (u LoginUser) Claims(_ []string, usual *mockoidc.IDTokenClaims) (jwt.Claims, error) {
	return struct {
		*mockoidc.IDTokenClaims
		about
	}{usual, u.about()}, nil
}

// Userinfo implements mockoidc.User.
func (u LoginUser) Userinfo([]string) ([]byte, error) {
	return json.Marshal(struct {
		Subject string `json:"sub"`
		about
	}{u.Subject, u.about()})
}
