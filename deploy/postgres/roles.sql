-- Two roles for one installation: arraydrop_owner owns the schema and is used for upgrades only; arraydrop_app is the
-- role of servers and workers, and can read and write rows, but cannot create, change or drop anything.
-- Run once as a superuser, in a new database of the service, before its first start:
--   create database arraydrop encoding 'UTF8' template template0;
create role arraydrop_owner login password 'CHANGE THIS';
create role arraydrop_app login password 'CHANGE THIS, TOO';

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect, create on database %I to arraydrop_owner', current_database());
  execute format('grant connect on database %I to arraydrop_app', current_database());
end
$$;

-- Makes searching faster. A superuser may always create it, other roles only where the server allows it.
create extension if not exists pg_trgm;

alter schema public owner to arraydrop_owner;
revoke all on schema public from public;
create schema queue authorization arraydrop_owner;
grant usage on schema public, queue to arraydrop_app;

-- For everything that the owner creates there, now and in later upgrades.
alter default privileges for role arraydrop_owner in schema public, queue
  grant select, insert, update, delete on tables to arraydrop_app;
alter default privileges for role arraydrop_owner in schema public, queue
  grant usage, select on sequences to arraydrop_app;
