-- Describes the schema as statements, one a row: tables with their columns
-- and constraints, then indexes, functions, triggers, grants, policies,
-- views.
with tables as (
	select c.oid, c.relname::text as name from pg_class c
	where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'goose_db_version'
), columns as (
	select a.attrelid, a.attnum::int as place, '	' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
		|| case when a.attnotnull then ' not null' else '' end
		|| case a.attidentity when 'a' then ' generated always as identity' else '' end
		|| coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
	from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
	where a.attnum > 0 and not a.attisdropped
), constraints as (
	select k.conrelid, row_number() over (partition by k.conrelid order by position(k.contype in 'pufcx'), k.conname)::int as place,
		'	constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) as line
	from pg_constraint k where k.contype in ('p', 'u', 'f', 'c', 'x')
), statements as (
	select 1 as part, t.name, 'create table ' || quote_ident(t.name) || E' (\n' || (
		select string_agg(line, E',\n' order by kind, place) from (
			select 1 as kind, place, line from columns where attrelid = t.oid
			union all select 2, place, line from constraints where conrelid = t.oid) l) || E'\n);' as line
	from tables t
	union all
	select 2, t.name || '.' || i.relname, pg_get_indexdef(i.oid) || ';'
	from pg_index x join pg_class i on i.oid = x.indexrelid join tables t on t.oid = x.indrelid
	where not exists (select 1 from pg_constraint k where k.conindid = i.oid)
	union all
	select 3, p.oid::regprocedure::text, rtrim(pg_get_functiondef(p.oid), E'\n') || ';'
	from pg_proc p where p.pronamespace = 'public'::regnamespace
		and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
	union all
	select 4, t.name || '.' || g.tgname, pg_get_triggerdef(g.oid) || ';'
	from pg_trigger g join tables t on t.oid = g.tgrelid where not g.tgisinternal
	union all
	select 5, t.name || '.' || grantee::regrole::text || '.' || string_agg(lower(privilege_type), ',' order by privilege_type),
		'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type) || ' on ' || quote_ident(t.name) || ' to ' || grantee::regrole::text || ';'
	from tables t join pg_class c on c.oid = t.oid, aclexplode(c.relacl) where grantee <> c.relowner group by t.name, grantee
	union all
	select 6, t.name || '.' || grantee::regrole::text || '.' || privilege_type,
		'grant ' || lower(privilege_type) || ' (' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) || ') on ' || quote_ident(t.name) || ' to ' || grantee::regrole::text || ';'
	from tables t join pg_attribute a on a.attrelid = t.oid, aclexplode(a.attacl) group by t.name, grantee, privilege_type
	union all
	select 7, t.name, 'alter table ' || quote_ident(t.name) || ' enable row level security;'
	from tables t join pg_class c on c.oid = t.oid where c.relrowsecurity
	union all
	select 8, tablename || '.' || policyname, 'create policy ' || policyname || ' on ' || tablename || ' for ' || lower(cmd) || ' to ' || array_to_string(roles, ', ')
		|| coalesce(' using ' || qual, '') || coalesce(' with check ' || with_check, '') || ';'
	from pg_policies where schemaname = 'public'
	union all
	select 9, viewname::text, 'create view ' || viewname || ' as' || E'\n' || definition from pg_views where schemaname = 'public'
)
select line from statements order by part, name collate "C"
