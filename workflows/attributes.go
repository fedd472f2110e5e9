package workflows

import (
	"context"
	"fmt"
	"slices"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/temporal"
)

// attributeKeys are the search attributes in the order they are named to an
// operator.
var attributeKeys = []temporal.SearchAttributeKey{
	attributeStatus, attributeProgramme, attributeNext, attributeNeedsAttention,
}

// EnsureSearchAttributes creates the search attributes that the server does
// not have. Where it may not, its error is one sentence that says what an
// operator must create: without them no forløb can move.
func (p *Process) EnsureSearchAttributes(ctx context.Context) error {
	if err := p.Available(ctx); err != nil {
		return fmt.Errorf("temporal cannot be reached: %s", errorCode(err))
	}
	operator := p.client.OperatorService()
	list, err := operator.ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: p.namespace})
	if err != nil {
		return p.createByHand(err, attributeKeys)
	}
	missing := lacking(list.GetCustomAttributes())
	if len(missing) == 0 {
		return nil
	}
	request := &operatorservice.AddSearchAttributesRequest{Namespace: p.namespace, SearchAttributes: map[string]enumspb.IndexedValueType{}}
	for _, key := range missing {
		request.SearchAttributes[key.GetName()] = key.GetValueType()
	}
	if _, err := operator.AddSearchAttributes(ctx, request); err != nil {
		return p.createByHand(err, missing)
	}
	return nil
}

// MissingSearchAttributes names those that the server does not have, or has
// with another type, as an operator creates them: "SparkNext (Datetime)".
func (p *Process) MissingSearchAttributes(ctx context.Context) ([]string, error) {
	list, err := p.client.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: p.namespace})
	if err != nil {
		return nil, err
	}
	return described(lacking(list.GetCustomAttributes())), nil
}

// lacking lists the attributes that are not among those the server has.
func lacking(has map[string]enumspb.IndexedValueType) []temporal.SearchAttributeKey {
	return slices.DeleteFunc(slices.Clone(attributeKeys), func(key temporal.SearchAttributeKey) bool {
		kind, ok := has[key.GetName()]
		return ok && kind == key.GetValueType()
	})
}

func (p *Process) createByHand(err error, keys []temporal.SearchAttributeKey) error {
	return fmt.Errorf("temporal (%s): create these search attributes in namespace %s: %s",
		errorCode(err), p.namespace, strings.Join(described(keys), ", "))
}

func described(keys []temporal.SearchAttributeKey) (wanted []string) {
	for _, key := range keys {
		wanted = append(wanted, fmt.Sprintf("%s (%s)", key.GetName(), key.GetValueType()))
	}
	return wanted
}
