package forloeb

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// What people have been asked stands as it was: each version is compared with
// the file that was written when it came. A new version is a new file, made by
// hand.
func TestAVersionOfTheQuestionnaireNeverChanges(t *testing.T) {
	for version := 1; version <= QuestionnaireVersion; version++ {
		want, err := os.ReadFile(filepath.Join("testdata", "questionnaire-"+strconv.Itoa(version)+".json"))
		require.NoError(t, err)
		got, err := json.MarshalIndent(QuestionnaireOf(Spark, version), "", "\t")
		require.NoError(t, err)
		require.Equal(t, string(want), string(got)+"\n", "version %d", version)
	}
	require.Nil(t, QuestionnaireOf(Spark, 0))
	require.Nil(t, QuestionnaireOf(Spark, QuestionnaireVersion+1))
}

// The same id is the same question with the same options, so that versions can
// be counted together.
func TestAQuestionMeansTheSameInEveryVersion(t *testing.T) {
	seen := map[string]Question{}
	for _, questions := range questionnaires {
		inThis := map[string]bool{}
		for _, q := range questions {
			require.False(t, inThis[q.ID], q.ID)
			inThis[q.ID] = true
			if before, known := seen[q.ID]; known {
				require.Equal(t, before, q)
			}
			seen[q.ID] = q
		}
	}
	require.Equal(t, []int{1, 2}, ComparableIn("planned"))
	require.Equal(t, []int{2}, ComparableIn("initiatives_done"))
	require.Empty(t, ComparableIn("unheard_of"))
}

func TestAnswersAreJudgedByTheirOwnVersion(t *testing.T) {
	a := Answers{Version: 1, Choices: map[string]string{"planned": "yes", "ongoing": "no"}}
	require.Empty(t, a.Mistakes())
	a.Version = 2
	require.Empty(t, a.Mistakes(), "how many is optional")
	a.Choices["initiatives_done"] = "17"
	require.Equal(t, []string{"initiatives_done"}, a.Mistakes())
	a.Choices["initiatives_done"] = orMore
	require.Empty(t, a.Mistakes())
	a.Version = QuestionnaireVersion + 1
	require.Equal(t, []string{"version"}, a.Mistakes(), "nobody has been asked that")
}

func TestHowMany(t *testing.T) {
	for _, o := range initiativeNumbers {
		_, ok := HowMany(o.Code)
		require.True(t, ok, o.Code)
	}
	n, _ := HowMany("3")
	require.Equal(t, 3, n)
	n, _ = HowMany(orMore)
	require.Equal(t, 5, n)
	for _, other := range []string{"", "yes", "-1", "5", "17"} {
		_, ok := HowMany(other)
		require.False(t, ok, other)
	}
}

func TestTheProgrammeIsRecommendedInItsOwnName(t *testing.T) {
	for version := 1; version <= QuestionnaireVersion; version++ {
		for _, q := range QuestionnaireOf(Regional, version) {
			require.NotContains(t, q.Label(), "SPARK")
		}
	}
	require.Equal(t, "Hvor mange indsatser har I nu? I gang", askInitiativesOngoing.Label())
	require.Equal(t, "Ville I søge igen?", askAgain.Label())
}
