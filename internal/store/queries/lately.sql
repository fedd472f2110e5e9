-- How many forløb of programme $1 got their first consultant since $2, by municipality (of a region's workplaces, the region), sector (the type of unit) and theme.
with begun as (
	select f.id, f.revision
	from forloeb f
	where f.programme = $1 and (select min(s.at) from assignments s where s.forloeb_id = f.id) >= $2)
select 'municipality' as kind, coalesce(w.municipality, w.region) as code, count(distinct b.id) as n
from begun b join workplaces w on w.forloeb_id = b.id and not w.only_applies group by 2
union all
select 'sector', coalesce(w.sector, w.unit_type), count(distinct b.id)
from begun b join workplaces w on w.forloeb_id = b.id and not w.only_applies group by 2
union all
select 'theme', t.theme, count(*)
from begun b join applications a on a.forloeb_id = b.id and a.revision = b.revision, unnest(a.themes) as t (theme) group by t.theme
