-- How many forløb of programme $1 got their first consultant since $2, by municipality, sector and theme.
with begun as (
	select f.id, f.revision
	from forloeb f
	where f.programme = $1 and (select min(s.at) from assignments s where s.forloeb_id = f.id) >= $2)
select 'municipality' as kind, w.municipality as code, count(distinct b.id) as n
from begun b join workplaces w on w.forloeb_id = b.id and not w.only_applies group by w.municipality
union all
select 'sector', w.sector, count(distinct b.id)
from begun b join workplaces w on w.forloeb_id = b.id and not w.only_applies group by w.sector
union all
select 'theme', t.theme, count(*)
from begun b join applications a on a.forloeb_id = b.id and a.revision = b.revision, unnest(a.themes) as t (theme) group by t.theme
