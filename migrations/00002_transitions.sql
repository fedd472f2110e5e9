-- +goose Up
insert into transitions ("from", "to") values
	('none', 'awaiting_consent'),
	('awaiting_consent', 'awaiting_assessment'), ('awaiting_consent', 'awaiting_consultant'),
	('awaiting_consent', 'declined'), ('awaiting_consent', 'lapsed'),
	('awaiting_assessment', 'awaiting_consultant'), ('awaiting_assessment', 'rejected'), ('awaiting_assessment', 'awaiting_consent'),
	('awaiting_consultant', 'awaiting_consent'), ('awaiting_consultant', 'planning'),
	('planning', 'in_progress'), ('planning', 'awaiting_consultant'),
	('in_progress', 'awaiting_evaluation'), ('in_progress', 'planning'), ('in_progress', 'awaiting_consultant'),
	('awaiting_evaluation', 'in_progress'), ('awaiting_evaluation', 'evaluating'),
	('evaluating', 'completed'),
	('declined', 'awaiting_consent'), ('lapsed', 'awaiting_consent');
insert into transitions ("from", "to")
	select o, c from unnest(array['awaiting_consent', 'awaiting_assessment', 'awaiting_consultant', 'planning', 'in_progress', 'awaiting_evaluation', 'evaluating']) o,
	                 unnest(array['withdrawn', 'stopped']) c
	union all
	select c, o from unnest(array['awaiting_consent', 'awaiting_assessment', 'awaiting_consultant', 'planning', 'in_progress', 'awaiting_evaluation', 'evaluating']) o,
	                 unnest(array['withdrawn', 'stopped']) c;

-- +goose Down
