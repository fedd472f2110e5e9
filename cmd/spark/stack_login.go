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

// developmentStaff are one for each role, of the providers one each, and every
// invented consultant.
func developmentStaff() []devstack.LoginUser {
	staff := []devstack.LoginUser{
		loginUser("Anna Berg", "anna.berg@example.dk", forloeb.Access{Role: forloeb.RoleSecretariat}),
		loginUser("Henrik Lind", "henrik.lind@example.dk", forloeb.Access{Role: forloeb.RoleHead}),
		loginUser("Rikke Læser", "rikke.laeser@example.dk", forloeb.Access{Role: forloeb.RoleReader}),
		loginUser("Nina Falk", "nina.falk@example.dk", forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}),
		loginUser("Rasmus Uhre", "rasmus.uhre@example.dk", forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderRUC}),
	}
	for _, c := range store.InventedConsultants() {
		staff = append(staff, loginUser(c.Name, c.Email, forloeb.Access{Role: forloeb.RoleConsultant}))
	}
	return staff
}

func loginUser(name, email string, access forloeb.Access) devstack.LoginUser {
	subject, _, _ := strings.Cut(email, "@")
	return devstack.LoginUser{Subject: subject, Name: name, Email: email, Role: access.String(), RoleLabel: access.Label()}
}
