package main

import (
	"crypto/rand"
	"example.dk/spark/api"
	"strings"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

// developmentLogin is a login service without passwords, on this machine alone.
func developmentLogin(o stackOptions) (*devstack.Login, error) {
	return devstack.StartLogin(devstack.LoginOptions{
		Addr: o.LoginListen, Setting: "SPARK_DEV_LOGIN", ClientID: "spark", ClientSecret: rand.Text(),
		RedirectURL: o.baseURL() + api.LoginAnswerPath, AfterLogoutURL: o.baseURL() + api.LoginPath, Users: developmentStaff(),
	})
}

// developmentStaff are one for each role, and every invented consultant.
func developmentStaff() []devstack.LoginUser {
	staff := []devstack.LoginUser{
		loginUser("Anna Berg", "anna.berg@example.dk", forloeb.RoleSecretariat),
		loginUser("Henrik Lind", "henrik.lind@example.dk", forloeb.RoleHead),
		loginUser("Rikke Læser", "rikke.laeser@example.dk", forloeb.RoleReader),
	}
	for _, c := range store.InventedConsultants() {
		staff = append(staff, loginUser(c.Name, c.Email, forloeb.RoleConsultant))
	}
	return staff
}

func loginUser(name, email string, role forloeb.StaffRole) devstack.LoginUser {
	subject, _, _ := strings.Cut(email, "@")
	return devstack.LoginUser{Subject: subject, Name: name, Email: email, Role: string(role), RoleLabel: role.Label()}
}
