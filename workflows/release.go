package workflows

import (
	"context"
	"slices"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Unversioned is the name of workers that were given no release.
const Unversioned = "unversioned"

// Release is the workers of one build, as Temporal tells them from others.
type Release struct {
	Name     string  // SPARK_RELEASE, or Unversioned
	Current  bool    // gets the work that no ramp takes
	Percent  float32 // of the forløb, 0 to 100, when it is being tried out
	Draining bool    // gets no work, and may have some from before
	Polls    bool    // a worker of it asks for work
}

// versioned tells Temporal whose a worker is. Every forløb goes on with
// whatever release is current (auto-upgrade): one that stayed with the release
// it began with would keep that one's workers running for a year.
func versioned(release string) worker.DeploymentOptions {
	if release == "" {
		return worker.DeploymentOptions{}
	}
	return worker.DeploymentOptions{
		UseVersioning:             true,
		Version:                   worker.WorkerDeploymentVersion{DeploymentName: deployment, BuildID: release},
		DefaultVersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
	}
}

// buildID is a release's name as Temporal has it: none for Unversioned.
func buildID(release string) string {
	if release == Unversioned {
		return ""
	}
	return release
}

// MakeCurrent gives every forløb to a release, from its next step on. It is
// refused when no worker of the release has asked for work on every task
// queue. The previous release's workers still get work for a few seconds.
func (p *Process) MakeCurrent(ctx context.Context, release string) error {
	_, err := p.releases().SetCurrentVersion(ctx, client.WorkerDeploymentSetCurrentVersionOptions{BuildID: buildID(release)})
	return err
}

// Ramp gives so many in a hundred of the forløb to a release, and leaves the
// others with the current one; 0 takes all of them back.
func (p *Process) Ramp(ctx context.Context, release string, percent float32) error {
	_, err := p.releases().SetRampingVersion(ctx, client.WorkerDeploymentSetRampingVersionOptions{BuildID: buildID(release), Percentage: percent})
	return err
}

func (p *Process) releases() client.WorkerDeploymentHandle {
	return p.client.WorkerDeploymentClient().GetHandle(deployment)
}

// Releases lists the releases that Temporal knows or that workers ask for
// work as, by name. One of them is current.
func (p *Process) Releases(ctx context.Context) ([]Release, error) {
	list := releases{}
	described, err := p.releases().Describe(ctx, client.WorkerDeploymentDescribeOptions{})
	if err != nil && !forgotten(err) {
		return nil, err
	}
	for _, known := range described.Info.VersionSummaries {
		list.named(known.Version.BuildID).Draining = known.DrainageStatus == client.WorkerDeploymentVersionDrainageStatusDraining
	}
	routing := described.Info.RoutingConfig
	list.of(routing.CurrentVersion).Current = true
	if routing.RampingVersionPercentage > 0 {
		list.of(routing.RampingVersion).Percent = routing.RampingVersionPercentage
	}
	if err := p.polling(ctx, list); err != nil {
		return nil, err
	}
	return list.sorted(), nil
}

// Served tells which release is current, whether a worker of it asks for work,
// and which other releases' workers do.
func (p *Process) Served(ctx context.Context) (release string, served bool, waiting []string, err error) {
	list, err := p.Releases(ctx)
	for _, r := range list {
		switch {
		case r.Current:
			release, served = r.Name, r.Polls
		case r.Polls:
			waiting = append(waiting, r.Name)
		}
	}
	return release, served, waiting, err
}

// polling notes whose workers ask for the process's work.
func (p *Process) polling(ctx context.Context, list releases) error {
	queue, err := p.client.DescribeTaskQueue(ctx, TaskQueue, enumspb.TASK_QUEUE_TYPE_WORKFLOW)
	if err != nil {
		return err
	}
	for _, poller := range queue.GetPollers() {
		if time.Since(poller.GetLastAccessTime().AsTime()) < pollerIsGone {
			list.named(poller.GetDeploymentOptions().GetBuildId()).Polls = true
		}
	}
	return nil
}

// releases are releases by their names.
type releases map[string]*Release

func (l releases) named(build string) *Release {
	if build == "" {
		build = Unversioned
	}
	if l[build] == nil {
		l[build] = &Release{Name: build}
	}
	return l[build]
}

func (l releases) of(version *worker.WorkerDeploymentVersion) *Release {
	if version == nil {
		return l.named("")
	}
	return l.named(version.BuildID)
}

func (l releases) sorted() (list []Release) {
	for _, r := range l {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b Release) int { return strings.Compare(a.Name, b.Name) })
	return list
}
