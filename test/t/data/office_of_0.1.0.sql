-- Schema of an account that version 0.1.0 made and filled with the events of events.sql, the last of them not
-- refreshed: pg_dump --no-owner -n office.
-- PostgreSQL database dump
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
-- Name: office; Type: SCHEMA; Schema: -; Owner: -
CREATE SCHEMA office;
SET default_tablespace = '';
SET default_table_access_method = heap;
-- Name: account; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.account (
    account text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL,
    time_zone text NOT NULL,
    layout_version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    built_time_zone text,
    built_engine_version integer,
    refreshed_at timestamp with time zone,
    refresh_error text,
    first_observed_at timestamp with time zone,
    last_observed_at timestamp with time zone,
    CONSTRAINT time_zone_is_a_full_name CHECK (((time_zone = 'UTC'::text) OR (time_zone ~ '^[A-Z][A-Za-z_]+/'::text)))
);
-- Name: TABLE account; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.account IS 'The account''s own row: its settings, what the marts were built with, and the lock that a refresh takes';
-- Name: funnel_monthly; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.funnel_monthly (
    month date NOT NULL,
    stage_id text NOT NULL COLLATE pg_catalog."C",
    entries bigint NOT NULL,
    first_entries bigint NOT NULL,
    reopened_in_place bigint NOT NULL,
    leads bigint NOT NULL,
    advanced bigint NOT NULL,
    moved_back bigint NOT NULL,
    handed_off bigint NOT NULL,
    won bigint NOT NULL,
    lost bigint NOT NULL,
    cancelled bigint NOT NULL,
    deleted bigint NOT NULL,
    still_open bigint NOT NULL,
    settled_stays bigint NOT NULL,
    settled_seconds numeric NOT NULL,
    CONSTRAINT month_is_a_first_day CHECK ((EXTRACT(day FROM month) = (1)::numeric))
);
-- Name: TABLE funnel_monthly; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.funnel_monthly IS 'The funnel by month of entry and stage: entries, what became of them, and seconds in settled stays';
-- Name: lead_changed; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.lead_changed (
    id bigint NOT NULL,
    event text NOT NULL,
    signature text,
    has_succeeded boolean,
    try_count integer,
    last_returned_code integer,
    received_at timestamp with time zone NOT NULL,
    lead_id bigint NOT NULL,
    lead_title text,
    lead_status text,
    lead_step text,
    lead_amount numeric,
    lead_created_at timestamp with time zone,
    lead_updated_at timestamp with time zone,
    lead_user_email text,
    lead_permalink text,
    raw_data jsonb NOT NULL,
    step_id bigint,
    pipeline text,
    created_at_utc timestamp with time zone,
    updated_at_utc timestamp with time zone NOT NULL,
    moved_by text,
    currency text
);
-- Name: TABLE lead_changed; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.lead_changed IS 'Events of stream lead_changed, as received';
-- Name: lead_created; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.lead_created (
    id bigint NOT NULL,
    event text NOT NULL,
    signature text,
    has_succeeded boolean,
    try_count integer,
    last_returned_code integer,
    received_at timestamp with time zone NOT NULL,
    lead_id bigint NOT NULL,
    title text,
    status text,
    step text,
    amount numeric,
    created_at_utc timestamp with time zone NOT NULL,
    updated_at_utc timestamp with time zone,
    user_email text,
    permalink text,
    client_folder_id bigint,
    client_folder_name text,
    raw_data jsonb NOT NULL,
    step_id bigint,
    pipeline text,
    currency text
);
-- Name: TABLE lead_created; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.lead_created IS 'Events of stream lead_created, as received';
-- Name: lead_deleted; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.lead_deleted (
    id bigint NOT NULL,
    event text NOT NULL,
    signature text,
    has_succeeded boolean,
    try_count integer,
    last_returned_code integer,
    received_at timestamp with time zone NOT NULL,
    lead_id bigint NOT NULL,
    title text,
    deleted_at_utc timestamp with time zone NOT NULL,
    user_email text,
    permalink text,
    raw_data jsonb NOT NULL
);
-- Name: TABLE lead_deleted; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.lead_deleted IS 'Events of stream lead_deleted, as received';
-- Name: observation; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.observation (
    lead_id text NOT NULL COLLATE pg_catalog."C",
    occurred_at timestamp with time zone NOT NULL,
    sequence bigint NOT NULL,
    kind text NOT NULL,
    event_id text NOT NULL COLLATE pg_catalog."C",
    stage_id text COLLATE pg_catalog."C",
    stage text,
    pipeline text,
    status text,
    amount numeric(17,2),
    currency text,
    owner text,
    amount_said boolean NOT NULL,
    currency_said boolean NOT NULL,
    owner_said boolean NOT NULL,
    origin text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT kind_is_known CHECK ((kind = ANY (ARRAY['created'::text, 'moved'::text, 'changed'::text, 'snapshot'::text, 'deleted'::text]))),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text, 'cancelled'::text])))
);
-- Name: TABLE observation; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.observation IS 'What each event says of one lead at one time; null with _said false means: as before';
-- Name: other_event; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.other_event (
    digest bytea NOT NULL,
    event_id text COLLATE pg_catalog."C",
    event text,
    times bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    raw_data jsonb NOT NULL
);
-- Name: TABLE other_event; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.other_event IS 'Events of kinds that no stream of the source takes; the key is the sha256 of the body as jsonb prints it';
-- Name: pending; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.pending (
    lead_id text NOT NULL COLLATE pg_catalog."C",
    mark bigint NOT NULL
);
-- Name: TABLE pending; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.pending IS 'Leads whose stays and marts are not up to date; a refresh deletes the marks it takes before it reads';
-- Name: pending_mark; Type: SEQUENCE; Schema: office; Owner: -
CREATE SEQUENCE office.pending_mark
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 32;
-- Name: SEQUENCE pending_mark; Type: COMMENT; Schema: office; Owner: -
COMMENT ON SEQUENCE office.pending_mark IS 'Numbers the marks of table pending, so that no mark is merged into another';
-- Name: quarantine; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.quarantine (
    digest bytea NOT NULL,
    body bytea NOT NULL,
    stream text,
    problems text[] NOT NULL,
    times bigint NOT NULL,
    first_received_at timestamp with time zone NOT NULL,
    last_received_at timestamp with time zone NOT NULL
);
-- Name: TABLE quarantine; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.quarantine IS 'Bodies that could not become an event, with all reasons; the key is their sha256';
-- Name: stage; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.stage (
    stage_id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    pipeline text NOT NULL,
    "position" bigint,
    funnel_step numeric(12,2),
    kpi_name text,
    built_pipeline text,
    built_rank integer
);
-- Name: TABLE stage; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.stage IS 'The stages: name and pipeline as last seen; position, funnel_step and kpi_name are a person''s to set; built_pipeline and built_rank are what the stays were built with';
-- Name: stage_history; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.stage_history (
    lead_id text NOT NULL COLLATE pg_catalog."C",
    stay_no integer NOT NULL,
    life_no integer NOT NULL,
    stage_id text NOT NULL COLLATE pg_catalog."C",
    pipeline text NOT NULL,
    owner text,
    amount numeric(17,2),
    exit_amount numeric(17,2),
    currency text,
    entered_at timestamp with time zone NOT NULL,
    exited_at timestamp with time zone,
    entry_month date NOT NULL,
    exit_month date,
    outcome text NOT NULL,
    is_first_entry boolean NOT NULL,
    is_reopened boolean NOT NULL,
    is_inferred boolean NOT NULL,
    entry_event_id text NOT NULL COLLATE pg_catalog."C",
    exit_event_id text COLLATE pg_catalog."C",
    CONSTRAINT open_stay_has_no_end CHECK (((outcome = 'open'::text) = (exited_at IS NULL))),
    CONSTRAINT outcome_is_known CHECK ((outcome = ANY (ARRAY['advanced'::text, 'moved_back'::text, 'handed_off'::text, 'won'::text, 'lost'::text, 'cancelled'::text, 'deleted'::text, 'open'::text]))),
    CONSTRAINT stay_ends_after_it_begins CHECK ((exited_at >= entered_at))
);
-- Name: TABLE stage_history; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.stage_history IS 'The stays of each lead: one row for each interval in one stage; months are in the account''s time zone';
-- Name: stage_seen; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.stage_seen (
    stage_id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    pipeline text NOT NULL COLLATE pg_catalog."C",
    last_seen_at timestamp with time zone NOT NULL
);
-- Name: TABLE stage_seen; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.stage_seen IS 'When each spelling of a stage was last seen, by source time; empty where an event names none';
-- Name: step_changed; Type: TABLE; Schema: office; Owner: -
CREATE TABLE office.step_changed (
    id bigint NOT NULL,
    event text NOT NULL,
    signature text,
    has_succeeded boolean,
    try_count integer,
    last_returned_code integer,
    received_at timestamp with time zone NOT NULL,
    lead_id bigint NOT NULL,
    lead_title text,
    lead_status text,
    lead_step text,
    lead_amount numeric,
    lead_created_at timestamp with time zone,
    lead_updated_at timestamp with time zone,
    lead_user_email text,
    lead_permalink text,
    raw_data jsonb NOT NULL,
    step_id bigint,
    pipeline text,
    created_at_utc timestamp with time zone,
    updated_at_utc timestamp with time zone NOT NULL,
    moved_by text,
    currency text
);
-- Name: TABLE step_changed; Type: COMMENT; Schema: office; Owner: -
COMMENT ON TABLE office.step_changed IS 'Events of stream step_changed, as received';
-- Data for Name: account; Type: TABLE DATA; Schema: office; Owner: -
COPY office.account (account, source, time_zone, layout_version, created_at, built_time_zone, built_engine_version, refreshed_at, refresh_error, first_observed_at, last_observed_at) FROM stdin;
office	nocrm	America/Mexico_City	1	2026-11-21 13:34:25.475616+00	America/Mexico_City	1	2026-11-21 13:34:25.568356+00	\N	2026-01-07 15:00:00+00	2026-07-03 11:30:00+00
\.
-- Data for Name: funnel_monthly; Type: TABLE DATA; Schema: office; Owner: -
COPY office.funnel_monthly (month, stage_id, entries, first_entries, reopened_in_place, leads, advanced, moved_back, handed_off, won, lost, cancelled, deleted, still_open, settled_stays, settled_seconds) FROM stdin;
2026-01-01	201	15	13	0	13	6	8	0	0	0	0	0	1	14	7956000.000000
2026-01-01	202	5	4	0	4	2	2	0	1	0	0	0	0	5	6629400.000000
2026-01-01	203	7	5	0	5	5	0	0	0	2	0	0	0	7	11977200.000000
2026-01-01	204	6	5	0	5	0	5	0	0	0	1	0	0	6	7219800.000000
2026-02-01	201	19	11	0	15	6	10	0	0	0	0	1	2	17	30783600.000000
2026-02-01	202	11	8	0	9	4	4	0	3	0	0	0	0	11	16547400.000000
2026-02-01	203	9	6	0	7	6	0	0	0	3	0	0	0	9	15427800.000000
2026-02-01	204	10	6	0	8	0	6	0	0	0	4	0	0	10	19879200.000000
2026-03-01	201	2	0	0	2	0	1	0	0	0	0	0	1	1	468000.000000
2026-03-01	202	2	0	0	2	0	0	0	2	0	0	0	0	2	7311600.000000
2026-03-01	203	2	1	0	2	1	0	0	0	1	0	0	0	2	4185000.000000
2026-03-01	204	2	1	0	2	0	1	0	0	0	1	0	0	2	4123800.000000
2026-06-01	202	5	2	1	5	0	0	0	0	0	0	0	5	0	0.000000
\.
-- Data for Name: lead_changed; Type: TABLE DATA; Schema: office; Owner: -
COPY office.lead_changed (id, event, signature, has_succeeded, try_count, last_returned_code, received_at, lead_id, lead_title, lead_status, lead_step, lead_amount, lead_created_at, lead_updated_at, lead_user_email, lead_permalink, raw_data, step_id, pipeline, created_at_utc, updated_at_utc, moved_by, currency) FROM stdin;
150	lead.status.changed.to.lost	none	f	0	\N	2026-11-21 13:34:25.550844+00	1	Lead 1	lost	Offer	10.5	2026-03-22 01:30:00+00	2026-03-22 01:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 150, "data": {"id": 1, "step": "Offer", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 1", "amount": 10.5, "status": "lost", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-22T01:30:00+00:00", "updated_at": "2026-03-22T01:30:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.status.changed.to.lost", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-03-22 01:30:00+00	2026-03-22 01:30:00+00	seller1@example.com	MXN
250	lead.status.changed.to.cancelled	none	f	0	\N	2026-11-21 13:34:25.550844+00	2	Lead 2	cancelled	Contract	21.0	2026-03-23 08:30:00+00	2026-03-23 08:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 250, "data": {"id": 2, "step": "Contract", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 2", "amount": 21.0, "status": "cancelled", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-23T08:30:00+00:00", "updated_at": "2026-03-23T08:30:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.status.changed.to.cancelled", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-03-23 08:30:00+00	2026-03-23 08:30:00+00	seller2@example.com	MXN
350	lead.status.changed.to.todo	none	f	0	\N	2026-11-21 13:34:25.550844+00	3	Lead 3	todo	Incoming	31.5	2026-03-24 15:30:00+00	2026-03-24 15:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 350, "data": {"id": 3, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 3", "amount": 31.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-24T15:30:00+00:00", "updated_at": "2026-03-24T15:30:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.status.changed.to.todo", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-03-24 15:30:00+00	2026-03-24 15:30:00+00	seller0@example.com	MXN
450	lead.status.changed.to.won	none	f	0	\N	2026-11-21 13:34:25.550844+00	4	Lead 4	won	Visit	42.0	2026-03-25 22:30:00+00	2026-03-25 22:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 450, "data": {"id": 4, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 4", "amount": 42.0, "status": "won", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-25T22:30:00+00:00", "updated_at": "2026-03-25T22:30:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.status.changed.to.won", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-03-25 22:30:00+00	2026-03-25 22:30:00+00	seller1@example.com	MXN
550	lead.status.changed.to.lost	none	f	0	\N	2026-11-21 13:34:25.550844+00	5	Lead 5	lost	Offer	52.5	2026-03-27 05:30:00+00	2026-03-27 05:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 550, "data": {"id": 5, "step": "Offer", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 5", "amount": 52.5, "status": "lost", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-27T05:30:00+00:00", "updated_at": "2026-03-27T05:30:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.status.changed.to.lost", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-03-27 05:30:00+00	2026-03-27 05:30:00+00	seller2@example.com	MXN
650	lead.status.changed.to.cancelled	none	f	0	\N	2026-11-21 13:34:25.550844+00	6	Lead 6	cancelled	Contract	63.0	2026-03-28 12:30:00+00	2026-03-28 12:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 650, "data": {"id": 6, "step": "Contract", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 6", "amount": 63.0, "status": "cancelled", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-28T12:30:00+00:00", "updated_at": "2026-03-28T12:30:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.status.changed.to.cancelled", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-03-28 12:30:00+00	2026-03-28 12:30:00+00	seller0@example.com	MXN
750	lead.status.changed.to.todo	none	f	0	\N	2026-11-21 13:34:25.550844+00	7	Lead 7	todo	Incoming	73.5	2026-03-29 19:30:00+00	2026-03-29 19:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 750, "data": {"id": 7, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 7", "amount": 73.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-29T19:30:00+00:00", "updated_at": "2026-03-29T19:30:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.status.changed.to.todo", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-03-29 19:30:00+00	2026-03-29 19:30:00+00	seller1@example.com	MXN
850	lead.status.changed.to.won	none	f	0	\N	2026-11-21 13:34:25.550844+00	8	Lead 8	won	Visit	84.0	2026-03-31 02:30:00+00	2026-03-31 02:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 850, "data": {"id": 8, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 8", "amount": 84.0, "status": "won", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-31T02:30:00+00:00", "updated_at": "2026-03-31T02:30:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.status.changed.to.won", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-03-31 02:30:00+00	2026-03-31 02:30:00+00	seller2@example.com	MXN
950	lead.status.changed.to.lost	none	f	0	\N	2026-11-21 13:34:25.550844+00	9	Lead 9	lost	Offer	94.5	2026-04-01 09:30:00+00	2026-04-01 09:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 950, "data": {"id": 9, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 9", "amount": 94.5, "status": "lost", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-01T09:30:00+00:00", "updated_at": "2026-04-01T09:30:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.status.changed.to.lost", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-04-01 09:30:00+00	2026-04-01 09:30:00+00	seller0@example.com	MXN
1050	lead.status.changed.to.cancelled	none	f	0	\N	2026-11-21 13:34:25.550844+00	10	Lead 10	cancelled	Contract	105.0	2026-04-02 16:30:00+00	2026-04-02 16:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1050, "data": {"id": 10, "step": "Contract", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 10", "amount": 105.0, "status": "cancelled", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-02T16:30:00+00:00", "updated_at": "2026-04-02T16:30:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.status.changed.to.cancelled", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-04-02 16:30:00+00	2026-04-02 16:30:00+00	seller1@example.com	MXN
1150	lead.status.changed.to.todo	none	f	0	\N	2026-11-21 13:34:25.550844+00	11	Lead 11	todo	Incoming	115.5	2026-04-03 23:30:00+00	2026-04-03 23:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1150, "data": {"id": 11, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 11", "amount": 115.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-03T23:30:00+00:00", "updated_at": "2026-04-03T23:30:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.status.changed.to.todo", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-04-03 23:30:00+00	2026-04-03 23:30:00+00	seller2@example.com	MXN
1250	lead.status.changed.to.won	none	f	0	\N	2026-11-21 13:34:25.550844+00	12	Lead 12	won	Visit	126.0	2026-04-05 06:30:00+00	2026-04-05 06:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1250, "data": {"id": 12, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 12", "amount": 126.0, "status": "won", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-05T06:30:00+00:00", "updated_at": "2026-04-05T06:30:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.status.changed.to.won", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-04-05 06:30:00+00	2026-04-05 06:30:00+00	seller0@example.com	MXN
1350	lead.status.changed.to.lost	none	f	0	\N	2026-11-21 13:34:25.550844+00	13	Lead 13	lost	Offer	136.5	2026-04-06 13:30:00+00	2026-04-06 13:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1350, "data": {"id": 13, "step": "Offer", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 13", "amount": 136.5, "status": "lost", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-06T13:30:00+00:00", "updated_at": "2026-04-06T13:30:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.status.changed.to.lost", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-04-06 13:30:00+00	2026-04-06 13:30:00+00	seller1@example.com	MXN
1450	lead.status.changed.to.cancelled	none	f	0	\N	2026-11-21 13:34:25.550844+00	14	Lead 14	cancelled	Contract	147.0	2026-04-07 20:30:00+00	2026-04-07 20:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1450, "data": {"id": 14, "step": "Contract", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 14", "amount": 147.0, "status": "cancelled", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-07T20:30:00+00:00", "updated_at": "2026-04-07T20:30:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.status.changed.to.cancelled", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-04-07 20:30:00+00	2026-04-07 20:30:00+00	seller2@example.com	MXN
1550	lead.status.changed.to.todo	none	f	0	\N	2026-11-21 13:34:25.550844+00	15	Lead 15	todo	Incoming	157.5	2026-04-09 03:30:00+00	2026-04-09 03:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1550, "data": {"id": 15, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 15", "amount": 157.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-09T03:30:00+00:00", "updated_at": "2026-04-09T03:30:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.status.changed.to.todo", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-04-09 03:30:00+00	2026-04-09 03:30:00+00	seller0@example.com	MXN
1650	lead.status.changed.to.won	none	f	0	\N	2026-11-21 13:34:25.550844+00	16	Lead 16	won	Visit	168.0	2026-04-10 10:30:00+00	2026-04-10 10:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1650, "data": {"id": 16, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 16", "amount": 168.0, "status": "won", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-10T10:30:00+00:00", "updated_at": "2026-04-10T10:30:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.status.changed.to.won", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-04-10 10:30:00+00	2026-04-10 10:30:00+00	seller1@example.com	MXN
1750	lead.status.changed.to.lost	none	f	0	\N	2026-11-21 13:34:25.550844+00	17	Lead 17	lost	Offer	178.5	2026-04-11 17:30:00+00	2026-04-11 17:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1750, "data": {"id": 17, "step": "Offer", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 17", "amount": 178.5, "status": "lost", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-11T17:30:00+00:00", "updated_at": "2026-04-11T17:30:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.status.changed.to.lost", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-04-11 17:30:00+00	2026-04-11 17:30:00+00	seller2@example.com	MXN
1850	lead.status.changed.to.cancelled	none	f	0	\N	2026-11-21 13:34:25.550844+00	18	Lead 18	cancelled	Contract	189.0	2026-04-13 00:30:00+00	2026-04-13 00:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1850, "data": {"id": 18, "step": "Contract", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 18", "amount": 189.0, "status": "cancelled", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-13T00:30:00+00:00", "updated_at": "2026-04-13T00:30:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.status.changed.to.cancelled", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-04-13 00:30:00+00	2026-04-13 00:30:00+00	seller0@example.com	MXN
1950	lead.status.changed.to.todo	none	f	0	\N	2026-11-21 13:34:25.550844+00	19	Lead 19	todo	Incoming	199.5	2026-04-14 07:30:00+00	2026-04-14 07:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1950, "data": {"id": 19, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 19", "amount": 199.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-14T07:30:00+00:00", "updated_at": "2026-04-14T07:30:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.status.changed.to.todo", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-04-14 07:30:00+00	2026-04-14 07:30:00+00	seller1@example.com	MXN
2050	lead.status.changed.to.won	none	f	0	\N	2026-11-21 13:34:25.550844+00	20	Lead 20	won	Visit	210.0	2026-04-15 14:30:00+00	2026-04-15 14:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 2050, "data": {"id": 20, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 20", "amount": 210.0, "status": "won", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-15T14:30:00+00:00", "updated_at": "2026-04-15T14:30:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.status.changed.to.won", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-04-15 14:30:00+00	2026-04-15 14:30:00+00	seller2@example.com	MXN
2150	lead.status.changed.to.lost	none	f	0	\N	2026-11-21 13:34:25.550844+00	21	Lead 21	lost	Offer	220.5	2026-04-16 21:30:00+00	2026-04-16 21:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2150, "data": {"id": 21, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 21", "amount": 220.5, "status": "lost", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-16T21:30:00+00:00", "updated_at": "2026-04-16T21:30:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.status.changed.to.lost", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-04-16 21:30:00+00	2026-04-16 21:30:00+00	seller0@example.com	MXN
2250	lead.status.changed.to.cancelled	none	f	0	\N	2026-11-21 13:34:25.550844+00	22	Lead 22	cancelled	Contract	231.0	2026-04-18 04:30:00+00	2026-04-18 04:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 2250, "data": {"id": 22, "step": "Contract", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 22", "amount": 231.0, "status": "cancelled", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-18T04:30:00+00:00", "updated_at": "2026-04-18T04:30:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.status.changed.to.cancelled", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-04-18 04:30:00+00	2026-04-18 04:30:00+00	seller1@example.com	MXN
2350	lead.status.changed.to.todo	none	f	0	\N	2026-11-21 13:34:25.550844+00	23	Lead 23	todo	Incoming	241.5	2026-04-19 11:30:00+00	2026-04-19 11:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 2350, "data": {"id": 23, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 23", "amount": 241.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-19T11:30:00+00:00", "updated_at": "2026-04-19T11:30:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.status.changed.to.todo", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-04-19 11:30:00+00	2026-04-19 11:30:00+00	seller2@example.com	MXN
2450	lead.status.changed.to.won	none	f	0	\N	2026-11-21 13:34:25.550844+00	24	Lead 24	won	Visit	252.0	2026-04-20 18:30:00+00	2026-04-20 18:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2450, "data": {"id": 24, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 24", "amount": 252.0, "status": "won", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-04-20T18:30:00+00:00", "updated_at": "2026-04-20T18:30:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.status.changed.to.won", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-04-20 18:30:00+00	2026-04-20 18:30:00+00	seller0@example.com	MXN
\.
-- Data for Name: lead_created; Type: TABLE DATA; Schema: office; Owner: -
COPY office.lead_created (id, event, signature, has_succeeded, try_count, last_returned_code, received_at, lead_id, title, status, step, amount, created_at_utc, updated_at_utc, user_email, permalink, client_folder_id, client_folder_name, raw_data, step_id, pipeline, currency) FROM stdin;
100	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	1	Lead 1	todo	Incoming	10.5	2026-01-07 15:00:00+00	2026-01-07 15:00:00+00	seller1@example.com	\N	1	Client 1	{"webhook_event": {"id": 100, "data": {"id": 1, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 1", "amount": 10.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-07T15:00:00+00:00", "updated_at": "2026-01-07T15:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
200	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	2	Lead 2	todo	Incoming	21.0	2026-01-09 15:00:00+00	2026-01-09 15:00:00+00	seller2@example.com	\N	2	Client 2	{"webhook_event": {"id": 200, "data": {"id": 2, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 2", "amount": 21.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-09T15:00:00+00:00", "updated_at": "2026-01-09T15:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
300	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	3	Lead 3	todo	Incoming	31.5	2026-01-11 15:00:00+00	2026-01-11 15:00:00+00	seller0@example.com	\N	3	Client 3	{"webhook_event": {"id": 300, "data": {"id": 3, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 3", "amount": 31.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-11T15:00:00+00:00", "updated_at": "2026-01-11T15:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
400	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	4	Lead 4	todo	Incoming	42.0	2026-01-13 15:00:00+00	2026-01-13 15:00:00+00	seller1@example.com	\N	4	Client 4	{"webhook_event": {"id": 400, "data": {"id": 4, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 4", "amount": 42.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-13T15:00:00+00:00", "updated_at": "2026-01-13T15:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
500	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	5	Lead 5	todo	Incoming	52.5	2026-01-15 15:00:00+00	2026-01-15 15:00:00+00	seller2@example.com	\N	5	Client 5	{"webhook_event": {"id": 500, "data": {"id": 5, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 5", "amount": 52.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-15T15:00:00+00:00", "updated_at": "2026-01-15T15:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
600	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	6	Lead 6	todo	Incoming	63.0	2026-01-17 15:00:00+00	2026-01-17 15:00:00+00	seller0@example.com	\N	6	Client 6	{"webhook_event": {"id": 600, "data": {"id": 6, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 6", "amount": 63.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-17T15:00:00+00:00", "updated_at": "2026-01-17T15:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
700	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	7	Lead 7	todo	Incoming	73.5	2026-01-19 15:00:00+00	2026-01-19 15:00:00+00	seller1@example.com	\N	7	Client 7	{"webhook_event": {"id": 700, "data": {"id": 7, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 7", "amount": 73.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-19T15:00:00+00:00", "updated_at": "2026-01-19T15:00:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
800	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	8	Lead 8	todo	Incoming	84.0	2026-01-21 15:00:00+00	2026-01-21 15:00:00+00	seller2@example.com	\N	8	Client 8	{"webhook_event": {"id": 800, "data": {"id": 8, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 8", "amount": 84.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-21T15:00:00+00:00", "updated_at": "2026-01-21T15:00:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
900	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	9	Lead 9	todo	Incoming	94.5	2026-01-23 15:00:00+00	2026-01-23 15:00:00+00	seller0@example.com	\N	0	Client 0	{"webhook_event": {"id": 900, "data": {"id": 9, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 9", "amount": 94.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-23T15:00:00+00:00", "updated_at": "2026-01-23T15:00:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1000	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	10	Lead 10	todo	Incoming	105.0	2026-01-25 15:00:00+00	2026-01-25 15:00:00+00	seller1@example.com	\N	1	Client 1	{"webhook_event": {"id": 1000, "data": {"id": 10, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 10", "amount": 105.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-25T15:00:00+00:00", "updated_at": "2026-01-25T15:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1100	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	11	Lead 11	todo	Incoming	115.5	2026-01-27 15:00:00+00	2026-01-27 15:00:00+00	seller2@example.com	\N	2	Client 2	{"webhook_event": {"id": 1100, "data": {"id": 11, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 11", "amount": 115.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-27T15:00:00+00:00", "updated_at": "2026-01-27T15:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1200	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	12	Lead 12	todo	Incoming	126.0	2026-01-29 15:00:00+00	2026-01-29 15:00:00+00	seller0@example.com	\N	3	Client 3	{"webhook_event": {"id": 1200, "data": {"id": 12, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 12", "amount": 126.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-29T15:00:00+00:00", "updated_at": "2026-01-29T15:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1300	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	13	Lead 13	todo	Incoming	136.5	2026-01-31 15:00:00+00	2026-01-31 15:00:00+00	seller1@example.com	\N	4	Client 4	{"webhook_event": {"id": 1300, "data": {"id": 13, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 13", "amount": 136.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-31T15:00:00+00:00", "updated_at": "2026-01-31T15:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1400	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	14	Lead 14	todo	Incoming	147.0	2026-02-02 15:00:00+00	2026-02-02 15:00:00+00	seller2@example.com	\N	5	Client 5	{"webhook_event": {"id": 1400, "data": {"id": 14, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 14", "amount": 147.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-02T15:00:00+00:00", "updated_at": "2026-02-02T15:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1500	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	15	Lead 15	todo	Incoming	157.5	2026-02-04 15:00:00+00	2026-02-04 15:00:00+00	seller0@example.com	\N	6	Client 6	{"webhook_event": {"id": 1500, "data": {"id": 15, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 15", "amount": 157.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-04T15:00:00+00:00", "updated_at": "2026-02-04T15:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1600	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	16	Lead 16	todo	Incoming	168.0	2026-02-06 15:00:00+00	2026-02-06 15:00:00+00	seller1@example.com	\N	7	Client 7	{"webhook_event": {"id": 1600, "data": {"id": 16, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 16", "amount": 168.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-06T15:00:00+00:00", "updated_at": "2026-02-06T15:00:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1700	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	17	Lead 17	todo	Incoming	178.5	2026-02-08 15:00:00+00	2026-02-08 15:00:00+00	seller2@example.com	\N	8	Client 8	{"webhook_event": {"id": 1700, "data": {"id": 17, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 17", "amount": 178.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-08T15:00:00+00:00", "updated_at": "2026-02-08T15:00:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1800	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	18	Lead 18	todo	Incoming	189.0	2026-02-10 15:00:00+00	2026-02-10 15:00:00+00	seller0@example.com	\N	0	Client 0	{"webhook_event": {"id": 1800, "data": {"id": 18, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 18", "amount": 189.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-10T15:00:00+00:00", "updated_at": "2026-02-10T15:00:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
1900	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	19	Lead 19	todo	Incoming	199.5	2026-02-12 15:00:00+00	2026-02-12 15:00:00+00	seller1@example.com	\N	1	Client 1	{"webhook_event": {"id": 1900, "data": {"id": 19, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 19", "amount": 199.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-12T15:00:00+00:00", "updated_at": "2026-02-12T15:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
2000	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	20	Lead 20	todo	Incoming	210.0	2026-02-14 15:00:00+00	2026-02-14 15:00:00+00	seller2@example.com	\N	2	Client 2	{"webhook_event": {"id": 2000, "data": {"id": 20, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 20", "amount": 210.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-14T15:00:00+00:00", "updated_at": "2026-02-14T15:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
2100	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	21	Lead 21	todo	Incoming	220.5	2026-02-16 15:00:00+00	2026-02-16 15:00:00+00	seller0@example.com	\N	3	Client 3	{"webhook_event": {"id": 2100, "data": {"id": 21, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 21", "amount": 220.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-16T15:00:00+00:00", "updated_at": "2026-02-16T15:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
2200	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	22	Lead 22	todo	Incoming	231.0	2026-02-18 15:00:00+00	2026-02-18 15:00:00+00	seller1@example.com	\N	4	Client 4	{"webhook_event": {"id": 2200, "data": {"id": 22, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 22", "amount": 231.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-18T15:00:00+00:00", "updated_at": "2026-02-18T15:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
2300	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	23	Lead 23	todo	Incoming	241.5	2026-02-20 15:00:00+00	2026-02-20 15:00:00+00	seller2@example.com	\N	5	Client 5	{"webhook_event": {"id": 2300, "data": {"id": 23, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 23", "amount": 241.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-20T15:00:00+00:00", "updated_at": "2026-02-20T15:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
2400	lead.creation	none	f	0	\N	2026-11-21 13:34:25.550844+00	24	Lead 24	todo	Incoming	252.0	2026-02-22 15:00:00+00	2026-02-22 15:00:00+00	seller0@example.com	\N	6	Client 6	{"webhook_event": {"id": 2400, "data": {"id": 24, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 24", "amount": 252.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-22T15:00:00+00:00", "updated_at": "2026-02-22T15:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.creation", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	MXN
\.
-- Data for Name: lead_deleted; Type: TABLE DATA; Schema: office; Owner: -
COPY office.lead_deleted (id, event, signature, has_succeeded, try_count, last_returned_code, received_at, lead_id, title, deleted_at_utc, user_email, permalink, raw_data) FROM stdin;
770	lead.deleted	none	f	0	\N	2026-11-21 13:34:25.550844+00	7	Lead 7	2026-07-02 02:30:00+00	\N	\N	{"webhook_event": {"id": 770, "data": {"id": 7, "title": "Lead 7", "created_at": "2026-07-02T02:30:00+00:00", "updated_at": "2026-07-02T02:30:00+00:00"}, "event": "lead.deleted", "signature": "none", "try_count": 0, "has_succeeded": false}}
1870	lead.deleted	none	f	0	\N	2026-11-21 13:34:25.550844+00	18	Lead 18	2026-07-03 11:30:00+00	\N	\N	{"webhook_event": {"id": 1870, "data": {"id": 18, "title": "Lead 18", "created_at": "2026-07-03T11:30:00+00:00", "updated_at": "2026-07-03T11:30:00+00:00"}, "event": "lead.deleted", "signature": "none", "try_count": 0, "has_succeeded": false}}
\.
-- Data for Name: observation; Type: TABLE DATA; Schema: office; Owner: -
COPY office.observation (lead_id, occurred_at, sequence, kind, event_id, stage_id, stage, pipeline, status, amount, currency, owner, amount_said, currency_said, owner_said, origin) FROM stdin;
1	2026-03-22 01:30:00+00	0	changed	150	203	Offer	Sales	lost	10.50	MXN	seller1@example.com	t	t	t	lead_changed
1	2026-01-07 15:00:00+00	0	created	100	201	Incoming	Sales	open	10.50	MXN	seller1@example.com	t	t	t	lead_created
1	2026-01-13 01:00:00+00	0	moved	101	203	Offer	Sales	open	10.50	MXN	seller1@example.com	t	t	t	step_changed
1	2026-01-18 11:00:00+00	0	moved	102	202	Visit	Sales	open	10.50	MXN	seller1@example.com	t	t	t	step_changed
1	2026-01-23 21:00:00+00	0	moved	103	203	Offer	Sales	open	10.50	MXN	seller1@example.com	t	t	t	step_changed
1	2026-06-01 12:30:00+00	0	moved	160	202	Visit	Sales	open	10.50	MXN	seller1@example.com	t	t	t	step_changed
10	2026-04-02 16:30:00+00	0	changed	1050	204	Contract	Sales	cancelled	105.00	MXN	seller1@example.com	t	t	t	lead_changed
10	2026-01-25 15:00:00+00	0	created	1000	201	Incoming	Sales	open	105.00	MXN	seller1@example.com	t	t	t	lead_created
10	2026-01-31 01:00:00+00	0	moved	1001	204	Contract	Sales	open	105.00	MXN	seller1@example.com	t	t	t	step_changed
10	2026-02-05 11:00:00+00	0	moved	1002	203	Offer	Sales	open	105.00	MXN	seller1@example.com	t	t	t	step_changed
10	2026-02-10 21:00:00+00	0	moved	1003	204	Contract	Sales	open	105.00	MXN	seller1@example.com	t	t	t	step_changed
11	2026-04-03 23:30:00+00	0	changed	1150	201	Incoming	Sales	open	115.50	MXN	seller2@example.com	t	t	t	lead_changed
11	2026-01-27 15:00:00+00	0	created	1100	201	Incoming	Sales	open	115.50	MXN	seller2@example.com	t	t	t	lead_created
11	2026-02-02 01:00:00+00	0	moved	1101	201	Incoming	Sales	open	115.50	MXN	seller2@example.com	t	t	t	step_changed
11	2026-02-07 11:00:00+00	0	moved	1102	204	Contract	Sales	open	115.50	MXN	seller2@example.com	t	t	t	step_changed
11	2026-02-12 21:00:00+00	0	moved	1103	201	Incoming	Sales	open	115.50	MXN	seller2@example.com	t	t	t	step_changed
11	2026-06-04 10:30:00+00	0	moved	1160	202	Visit	Sales	open	115.50	MXN	seller2@example.com	t	t	t	step_changed
12	2026-04-05 06:30:00+00	0	changed	1250	202	Visit	Sales	won	126.00	MXN	seller0@example.com	t	t	t	lead_changed
12	2026-01-29 15:00:00+00	0	created	1200	201	Incoming	Sales	open	126.00	MXN	seller0@example.com	t	t	t	lead_created
12	2026-02-04 01:00:00+00	0	moved	1201	202	Visit	Sales	open	126.00	MXN	seller0@example.com	t	t	t	step_changed
12	2026-02-09 11:00:00+00	0	moved	1202	201	Incoming	Sales	open	126.00	MXN	seller0@example.com	t	t	t	step_changed
12	2026-02-14 21:00:00+00	0	moved	1203	202	Visit	Sales	open	126.00	MXN	seller0@example.com	t	t	t	step_changed
13	2026-04-06 13:30:00+00	0	changed	1350	203	Offer	Sales	lost	136.50	MXN	seller1@example.com	t	t	t	lead_changed
13	2026-01-31 15:00:00+00	0	created	1300	201	Incoming	Sales	open	136.50	MXN	seller1@example.com	t	t	t	lead_created
13	2026-02-06 01:00:00+00	0	moved	1301	203	Offer	Sales	open	136.50	MXN	seller1@example.com	t	t	t	step_changed
13	2026-02-11 11:00:00+00	0	moved	1302	202	Visit	Sales	open	136.50	MXN	seller1@example.com	t	t	t	step_changed
13	2026-02-16 21:00:00+00	0	moved	1303	203	Offer	Sales	open	136.50	MXN	seller1@example.com	t	t	t	step_changed
14	2026-04-07 20:30:00+00	0	changed	1450	204	Contract	Sales	cancelled	147.00	MXN	seller2@example.com	t	t	t	lead_changed
14	2026-02-02 15:00:00+00	0	created	1400	201	Incoming	Sales	open	147.00	MXN	seller2@example.com	t	t	t	lead_created
14	2026-02-08 01:00:00+00	0	moved	1401	204	Contract	Sales	open	147.00	MXN	seller2@example.com	t	t	t	step_changed
14	2026-02-13 11:00:00+00	0	moved	1402	203	Offer	Sales	open	147.00	MXN	seller2@example.com	t	t	t	step_changed
14	2026-02-18 21:00:00+00	0	moved	1403	204	Contract	Sales	open	147.00	MXN	seller2@example.com	t	t	t	step_changed
15	2026-04-09 03:30:00+00	0	changed	1550	201	Incoming	Sales	open	157.50	MXN	seller0@example.com	t	t	t	lead_changed
15	2026-02-04 15:00:00+00	0	created	1500	201	Incoming	Sales	open	157.50	MXN	seller0@example.com	t	t	t	lead_created
15	2026-02-15 11:00:00+00	0	moved	1502	204	Contract	Sales	open	157.50	MXN	seller0@example.com	t	t	t	step_changed
15	2026-02-20 21:00:00+00	0	moved	1503	201	Incoming	Sales	open	157.50	MXN	seller0@example.com	t	t	t	step_changed
16	2026-04-10 10:30:00+00	0	changed	1650	202	Visit	Sales	won	168.00	MXN	seller1@example.com	t	t	t	lead_changed
16	2026-02-06 15:00:00+00	0	created	1600	201	Incoming	Sales	open	168.00	MXN	seller1@example.com	t	t	t	lead_created
16	2026-02-12 01:00:00+00	0	moved	1601	202	Visit	Sales	open	168.00	MXN	seller1@example.com	t	t	t	step_changed
16	2026-02-17 11:00:00+00	0	moved	1602	201	Incoming	Sales	open	168.00	MXN	seller1@example.com	t	t	t	step_changed
16	2026-02-22 21:00:00+00	0	moved	1603	202	Visit	Sales	open	168.00	MXN	seller1@example.com	t	t	t	step_changed
16	2026-06-05 21:30:00+00	0	moved	1660	202	Visit	Sales	open	168.00	MXN	seller1@example.com	t	t	t	step_changed
17	2026-04-11 17:30:00+00	0	changed	1750	203	Offer	Sales	lost	178.50	MXN	seller2@example.com	t	t	t	lead_changed
17	2026-02-08 15:00:00+00	0	created	1700	201	Incoming	Sales	open	178.50	MXN	seller2@example.com	t	t	t	lead_created
17	2026-02-14 01:00:00+00	0	moved	1701	203	Offer	Sales	open	178.50	MXN	seller2@example.com	t	t	t	step_changed
17	2026-02-19 11:00:00+00	0	moved	1702	202	Visit	Sales	open	178.50	MXN	seller2@example.com	t	t	t	step_changed
17	2026-02-24 21:00:00+00	0	moved	1703	203	Offer	Sales	open	178.50	MXN	seller2@example.com	t	t	t	step_changed
18	2026-04-13 00:30:00+00	0	changed	1850	204	Contract	Sales	cancelled	189.00	MXN	seller0@example.com	t	t	t	lead_changed
18	2026-02-10 15:00:00+00	0	created	1800	201	Incoming	Sales	open	189.00	MXN	seller0@example.com	t	t	t	lead_created
18	2026-07-03 11:30:00+00	0	deleted	1870	\N	\N	\N	\N	\N	\N	\N	f	f	f	lead_deleted
18	2026-02-16 01:00:00+00	0	moved	1801	204	Contract	Sales	open	189.00	MXN	seller0@example.com	t	t	t	step_changed
18	2026-02-21 11:00:00+00	0	moved	1802	203	Offer	Sales	open	189.00	MXN	seller0@example.com	t	t	t	step_changed
18	2026-02-26 21:00:00+00	0	moved	1803	204	Contract	Sales	open	189.00	MXN	seller0@example.com	t	t	t	step_changed
19	2026-04-14 07:30:00+00	0	changed	1950	201	Incoming	Sales	open	199.50	MXN	seller1@example.com	t	t	t	lead_changed
19	2026-02-12 15:00:00+00	0	created	1900	201	Incoming	Sales	open	199.50	MXN	seller1@example.com	t	t	t	lead_created
19	2026-02-18 01:00:00+00	0	moved	1901	201	Incoming	Sales	open	199.50	MXN	seller1@example.com	t	t	t	step_changed
19	2026-02-23 11:00:00+00	0	moved	1902	204	Contract	Sales	open	199.50	MXN	seller1@example.com	t	t	t	step_changed
19	2026-02-28 21:00:00+00	0	moved	1903	201	Incoming	Sales	open	199.50	MXN	seller1@example.com	t	t	t	step_changed
2	2026-03-23 08:30:00+00	0	changed	250	204	Contract	Sales	cancelled	21.00	MXN	seller2@example.com	t	t	t	lead_changed
2	2026-01-09 15:00:00+00	0	created	200	201	Incoming	Sales	open	21.00	MXN	seller2@example.com	t	t	t	lead_created
2	2026-01-15 01:00:00+00	0	moved	201	204	Contract	Sales	open	21.00	MXN	seller2@example.com	t	t	t	step_changed
2	2026-01-20 11:00:00+00	0	moved	202	203	Offer	Sales	open	21.00	MXN	seller2@example.com	t	t	t	step_changed
2	2026-01-25 21:00:00+00	0	moved	203	204	Contract	Sales	open	21.00	MXN	seller2@example.com	t	t	t	step_changed
20	2026-04-15 14:30:00+00	0	changed	2050	202	Visit	Sales	won	210.00	MXN	seller2@example.com	t	t	t	lead_changed
20	2026-02-14 15:00:00+00	0	created	2000	201	Incoming	Sales	open	210.00	MXN	seller2@example.com	t	t	t	lead_created
20	2026-02-20 01:00:00+00	0	moved	2001	202	Visit	Sales	open	210.00	MXN	seller2@example.com	t	t	t	step_changed
20	2026-02-25 11:00:00+00	0	moved	2002	201	Incoming	Sales	open	210.00	MXN	seller2@example.com	t	t	t	step_changed
20	2026-03-02 21:00:00+00	0	moved	2003	202	Visit	Sales	open	210.00	MXN	seller2@example.com	t	t	t	step_changed
21	2026-04-16 21:30:00+00	0	changed	2150	203	Offer	Sales	lost	220.50	MXN	seller0@example.com	t	t	t	lead_changed
21	2026-02-16 15:00:00+00	0	created	2100	201	Incoming	Sales	open	220.50	MXN	seller0@example.com	t	t	t	lead_created
21	2026-02-27 11:00:00+00	0	moved	2102	202	Visit	Sales	open	220.50	MXN	seller0@example.com	t	t	t	step_changed
21	2026-03-04 21:00:00+00	0	moved	2103	203	Offer	Sales	open	220.50	MXN	seller0@example.com	t	t	t	step_changed
21	2026-06-07 08:30:00+00	0	moved	2160	202	Visit	Sales	open	220.50	MXN	seller0@example.com	t	t	t	step_changed
22	2026-04-18 04:30:00+00	0	changed	2250	204	Contract	Sales	cancelled	231.00	MXN	seller1@example.com	t	t	t	lead_changed
22	2026-02-18 15:00:00+00	0	created	2200	201	Incoming	Sales	open	231.00	MXN	seller1@example.com	t	t	t	lead_created
22	2026-02-24 01:00:00+00	0	moved	2201	204	Contract	Sales	open	231.00	MXN	seller1@example.com	t	t	t	step_changed
22	2026-03-01 11:00:00+00	0	moved	2202	203	Offer	Sales	open	231.00	MXN	seller1@example.com	t	t	t	step_changed
22	2026-03-06 21:00:00+00	0	moved	2203	204	Contract	Sales	open	231.00	MXN	seller1@example.com	t	t	t	step_changed
23	2026-04-19 11:30:00+00	0	changed	2350	201	Incoming	Sales	open	241.50	MXN	seller2@example.com	t	t	t	lead_changed
23	2026-02-20 15:00:00+00	0	created	2300	201	Incoming	Sales	open	241.50	MXN	seller2@example.com	t	t	t	lead_created
23	2026-02-26 01:00:00+00	0	moved	2301	201	Incoming	Sales	open	241.50	MXN	seller2@example.com	t	t	t	step_changed
23	2026-03-03 11:00:00+00	0	moved	2302	204	Contract	Sales	open	241.50	MXN	seller2@example.com	t	t	t	step_changed
23	2026-03-08 21:00:00+00	0	moved	2303	201	Incoming	Sales	open	241.50	MXN	seller2@example.com	t	t	t	step_changed
24	2026-04-20 18:30:00+00	0	changed	2450	202	Visit	Sales	won	252.00	MXN	seller0@example.com	t	t	t	lead_changed
24	2026-02-22 15:00:00+00	0	created	2400	201	Incoming	Sales	open	252.00	MXN	seller0@example.com	t	t	t	lead_created
24	2026-02-28 01:00:00+00	0	moved	2401	202	Visit	Sales	open	252.00	MXN	seller0@example.com	t	t	t	step_changed
24	2026-03-05 11:00:00+00	0	moved	2402	201	Incoming	Sales	open	252.00	MXN	seller0@example.com	t	t	t	step_changed
24	2026-03-10 21:00:00+00	0	moved	2403	202	Visit	Sales	open	252.00	MXN	seller0@example.com	t	t	t	step_changed
3	2026-03-24 15:30:00+00	0	changed	350	201	Incoming	Sales	open	31.50	MXN	seller0@example.com	t	t	t	lead_changed
3	2026-01-11 15:00:00+00	0	created	300	201	Incoming	Sales	open	31.50	MXN	seller0@example.com	t	t	t	lead_created
3	2026-01-17 01:00:00+00	0	moved	301	201	Incoming	Sales	open	31.50	MXN	seller0@example.com	t	t	t	step_changed
3	2026-01-22 11:00:00+00	0	moved	302	204	Contract	Sales	open	31.50	MXN	seller0@example.com	t	t	t	step_changed
3	2026-01-27 21:00:00+00	0	moved	303	201	Incoming	Sales	open	31.50	MXN	seller0@example.com	t	t	t	step_changed
4	2026-03-25 22:30:00+00	0	changed	450	202	Visit	Sales	won	42.00	MXN	seller1@example.com	t	t	t	lead_changed
4	2026-01-13 15:00:00+00	0	created	400	201	Incoming	Sales	open	42.00	MXN	seller1@example.com	t	t	t	lead_created
4	2026-01-19 01:00:00+00	0	moved	401	202	Visit	Sales	open	42.00	MXN	seller1@example.com	t	t	t	step_changed
4	2026-01-24 11:00:00+00	0	moved	402	201	Incoming	Sales	open	42.00	MXN	seller1@example.com	t	t	t	step_changed
4	2026-01-29 21:00:00+00	0	moved	403	202	Visit	Sales	open	42.00	MXN	seller1@example.com	t	t	t	step_changed
5	2026-03-27 05:30:00+00	0	changed	550	203	Offer	Sales	lost	52.50	MXN	seller2@example.com	t	t	t	lead_changed
5	2026-01-15 15:00:00+00	0	created	500	201	Incoming	Sales	open	52.50	MXN	seller2@example.com	t	t	t	lead_created
5	2026-01-21 01:00:00+00	0	moved	501	203	Offer	Sales	open	52.50	MXN	seller2@example.com	t	t	t	step_changed
5	2026-01-26 11:00:00+00	0	moved	502	202	Visit	Sales	open	52.50	MXN	seller2@example.com	t	t	t	step_changed
5	2026-01-31 21:00:00+00	0	moved	503	203	Offer	Sales	open	52.50	MXN	seller2@example.com	t	t	t	step_changed
6	2026-03-28 12:30:00+00	0	changed	650	204	Contract	Sales	cancelled	63.00	MXN	seller0@example.com	t	t	t	lead_changed
6	2026-01-17 15:00:00+00	0	created	600	201	Incoming	Sales	open	63.00	MXN	seller0@example.com	t	t	t	lead_created
6	2026-01-23 01:00:00+00	0	moved	601	204	Contract	Sales	open	63.00	MXN	seller0@example.com	t	t	t	step_changed
6	2026-01-28 11:00:00+00	0	moved	602	203	Offer	Sales	open	63.00	MXN	seller0@example.com	t	t	t	step_changed
6	2026-02-02 21:00:00+00	0	moved	603	204	Contract	Sales	open	63.00	MXN	seller0@example.com	t	t	t	step_changed
6	2026-06-02 23:30:00+00	0	moved	660	202	Visit	Sales	open	63.00	MXN	seller0@example.com	t	t	t	step_changed
7	2026-03-29 19:30:00+00	0	changed	750	201	Incoming	Sales	open	73.50	MXN	seller1@example.com	t	t	t	lead_changed
7	2026-01-19 15:00:00+00	0	created	700	201	Incoming	Sales	open	73.50	MXN	seller1@example.com	t	t	t	lead_created
7	2026-07-02 02:30:00+00	0	deleted	770	\N	\N	\N	\N	\N	\N	\N	f	f	f	lead_deleted
7	2026-01-25 01:00:00+00	0	moved	701	201	Incoming	Sales	open	73.50	MXN	seller1@example.com	t	t	t	step_changed
7	2026-01-30 11:00:00+00	0	moved	702	204	Contract	Sales	open	73.50	MXN	seller1@example.com	t	t	t	step_changed
7	2026-02-04 21:00:00+00	0	moved	703	201	Incoming	Sales	open	73.50	MXN	seller1@example.com	t	t	t	step_changed
8	2026-03-31 02:30:00+00	0	changed	850	202	Visit	Sales	won	84.00	MXN	seller2@example.com	t	t	t	lead_changed
8	2026-01-21 15:00:00+00	0	created	800	201	Incoming	Sales	open	84.00	MXN	seller2@example.com	t	t	t	lead_created
8	2026-01-27 01:00:00+00	0	moved	801	202	Visit	Sales	open	84.00	MXN	seller2@example.com	t	t	t	step_changed
8	2026-02-01 11:00:00+00	0	moved	802	201	Incoming	Sales	open	84.00	MXN	seller2@example.com	t	t	t	step_changed
8	2026-02-06 21:00:00+00	0	moved	803	202	Visit	Sales	open	84.00	MXN	seller2@example.com	t	t	t	step_changed
9	2026-04-01 09:30:00+00	0	changed	950	203	Offer	Sales	lost	94.50	MXN	seller0@example.com	t	t	t	lead_changed
9	2026-01-23 15:00:00+00	0	created	900	201	Incoming	Sales	open	94.50	MXN	seller0@example.com	t	t	t	lead_created
9	2026-02-03 11:00:00+00	0	moved	902	202	Visit	Sales	open	94.50	MXN	seller0@example.com	t	t	t	step_changed
9	2026-02-08 21:00:00+00	0	moved	903	203	Offer	Sales	open	94.50	MXN	seller0@example.com	t	t	t	step_changed
15	2026-03-02 15:00:00+00	0	moved	1501	203	Offer	Sales	open	157.50	MXN	seller0@example.com	t	t	t	step_changed
21	2026-03-26 15:00:00+00	0	moved	2101	203	Offer	Sales	open	220.50	MXN	seller0@example.com	t	t	t	step_changed
9	2026-02-06 15:00:00+00	0	moved	901	203	Offer	Sales	open	94.50	MXN	seller0@example.com	t	t	t	step_changed
\.
-- Data for Name: other_event; Type: TABLE DATA; Schema: office; Owner: -
COPY office.other_event (digest, event_id, event, times, received_at, raw_data) FROM stdin;
\\x403a1fb3e5b4f2bb89e757806dda4f43437af33315bed830890d511b33749fb0	9105	client_folder.created	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9105, "data": {"id": 5, "name": "Client 5", "title": "Lead 5", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\x582b35c36c2a832cfc619e11a7e87de81d337bb8fe93636a3dc906c33d8fa005	9103	client_folder.created	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9103, "data": {"id": 3, "name": "Client 3", "title": "Lead 3", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\x5b1293e2607505cb8bb9fd08416c626aa0f0dd4b3fa714b60b7285ba84347b57	9107	client_folder.created	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9107, "data": {"id": 7, "name": "Client 7", "title": "Lead 7", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\x5b79b248be791934c5dfed10d936f4b1ab6826529c79b7e49ce7d414837f8138	9106	client_folder.created	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9106, "data": {"id": 6, "name": "Client 6", "title": "Lead 6", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\x6eec3cb2cd2fd313a905dda3c1a5c829c94f6e53af5469aa336be3a4d5a9c69c	9102	client_folder.created	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9102, "data": {"id": 2, "name": "Client 2", "title": "Lead 2", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\x7f0d4c0e5e4a44a260b781766e225fb2d97fad5f775b76f38a7da08b5f952d48	9002	account.step.updated	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9002, "data": {"id": 202, "name": "Visit", "title": "Lead 202", "position": 2, "created_at": "2026-02-01T14:00:00+00:00", "updated_at": "2026-02-01T14:00:00+00:00"}, "event": "account.step.updated", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\x84046980bd280f02c2712cd50dad17b4d60812a86ccdf6e4ba3ee1131f490590	9003	account.step.updated	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9003, "data": {"id": 203, "name": "Proposal", "title": "Lead 203", "position": 3, "created_at": "2026-02-01T15:00:00+00:00", "updated_at": "2026-02-01T15:00:00+00:00"}, "event": "account.step.updated", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\xb4435b5c0321c3d7bfddd04aefb7978e76590621349111e0d62490d2659fac4f	9001	account.step.updated	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9001, "data": {"id": 201, "name": "Incoming", "title": "Lead 201", "position": 1, "created_at": "2026-02-01T13:00:00+00:00", "updated_at": "2026-02-01T13:00:00+00:00"}, "event": "account.step.updated", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\xbdc130dec8d0084739fe9812b315cac3121b996a7adbe8f25e76b402b42eb89e	9200	prospect.created	3	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9200, "data": {"id": 5, "title": "Lead 5", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "prospect.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\xc88315192eee7f34f55344aa9a57200015b7dd8b995c0241c4e8342544ac3acf	9004	account.step.updated	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9004, "data": {"id": 204, "name": "Contract", "title": "Lead 204", "position": 4, "created_at": "2026-02-01T16:00:00+00:00", "updated_at": "2026-02-01T16:00:00+00:00"}, "event": "account.step.updated", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\xd2559ae610bc0d509563afdd66ee65c96016c0388adfa4aa6753fb42d4eab2b8	9101	client_folder.created	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9101, "data": {"id": 1, "name": "Client 1", "title": "Lead 1", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\xf3f58619af0de352bc55537ee4a7f48cee60bc7783f6ee97e4632303c1114b7f	9109	client_folder.created	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9109, "data": {"id": 9, "name": "Client 9", "title": "Lead 9", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\xfc26de323cafa1232ff4f5cd7cb993d2539da010727f56b53d9314c51dc33ccc	9108	client_folder.created	1	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9108, "data": {"id": 8, "name": "Client 8", "title": "Lead 8", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\\x3ae952bb6323670ffbf21cc718128e0ca7b60d0ec58c35e7af22aba62ae16c13	9104	client_folder.created	2	2026-11-21 13:34:25.550844+00	{"webhook_event": {"id": 9104, "data": {"id": 4, "name": "Client 4", "title": "Lead 4", "created_at": "2026-01-02T12:00:00+00:00", "updated_at": "2026-01-02T12:00:00+00:00"}, "event": "client_folder.created", "signature": "none", "try_count": 0, "has_succeeded": false}}
\.
-- Data for Name: pending; Type: TABLE DATA; Schema: office; Owner: -
COPY office.pending (lead_id, mark) FROM stdin;
	73
15	74
	75
9	76
	77
21	78
15	79
21	80
9	81
\.
-- Data for Name: quarantine; Type: TABLE DATA; Schema: office; Owner: -
COPY office.quarantine (digest, body, stream, problems, times, first_received_at, last_received_at) FROM stdin;
\\x03b8b84f790cfebc4f813b6a27cf76b4c9d6603f80e5426ebadafd18f027255e	\\x7b22776562686f6f6b5f6576656e74223a207b226964223a203930312c202264617461223a207b226964223a20392c202273746570223a20224f66666572222c202275736572223a207b226964223a20312c2022656d61696c223a202273656c6c657230406578616d706c652e636f6d227d2c20227469746c65223a20224c6561642039222c2022616d6f756e74223a2039342e352c2022737461747573223a2022746f646f222c2022737465705f6964223a203230332c202263757272656e6379223a20224d584e222c2022706970656c696e65223a202253616c6573222c2022637265617465645f6174223a2022323032362d30312d32395430313a30303a30302b30303a3030222c2022757064617465645f6174223a2022323032362d30312d32395430313a30303a30302b30303a3030222c2022636c69656e745f666f6c646572223a207b226964223a20302c20226e616d65223a2022436c69656e742030227d7d2c20226576656e74223a20226c6561642e737465702e6368616e676564222c20227369676e6174757265223a20226e6f6e65222c20227472795f636f756e74223a20302c20226861735f737563636565646564223a2066616c73657d7d	step_changed	{"conflicting duplicate"}	1	2026-11-21 13:34:25.573161+00	2026-11-21 13:34:25.573161+00
\\x4547e4f8073555ae9125e5185a511117f5d65155170e387820cd9a8dfcf2fb88	\\x7b22776562686f6f6b5f6576656e74223a207b226964223a20323130312c202264617461223a207b226964223a2032312c202273746570223a20224f66666572222c202275736572223a207b226964223a20312c2022656d61696c223a202273656c6c657230406578616d706c652e636f6d227d2c20227469746c65223a20224c656164203231222c2022616d6f756e74223a203232302e352c2022737461747573223a2022746f646f222c2022737465705f6964223a203230332c202263757272656e6379223a20224d584e222c2022706970656c696e65223a202253616c6573222c2022637265617465645f6174223a2022323032362d30322d32325430313a30303a30302b30303a3030222c2022757064617465645f6174223a2022323032362d30322d32325430313a30303a30302b30303a3030222c2022636c69656e745f666f6c646572223a207b226964223a20332c20226e616d65223a2022436c69656e742033227d7d2c20226576656e74223a20226c6561642e737465702e6368616e676564222c20227369676e6174757265223a20226e6f6e65222c20227472795f636f756e74223a20302c20226861735f737563636565646564223a2066616c73657d7d	step_changed	{"conflicting duplicate"}	1	2026-11-21 13:34:25.573161+00	2026-11-21 13:34:25.573161+00
\\x688583deec92c04230b471ac41a7c7e493f4ff81a9ef67c28af2c151e33e1bed	\\x7b22776562686f6f6b5f6576656e74223a207b226964223a202278222c20226576656e74223a20226c6561642e64656c65746564222c202264617461223a207b22757064617465645f6174223a2022746f6d6f72726f77227d7d7d	lead_deleted	{"column \\"id\\": expected a whole number at \\"/webhook_event/id\\", not \\"x\\"","column \\"lead_id\\" is required, and \\"/webhook_event/data/id\\" is missing","column \\"deleted_at_utc\\": expected a time such as 2026-01-09T18:40:27Z at \\"/webhook_event/data/updated_at\\", not \\"tomorrow\\""}	1	2026-11-21 13:34:25.573161+00	2026-11-21 13:34:25.573161+00
\\x7ccfa1fbf3940e6f0c0375d87c0f9235a50514e14cb427bdfaf5077987b26ccf	\\x6e6f74206a736f6e	\N	{"expected a value at offset 0, not \\"not\\""}	2	2026-11-21 13:34:25.573161+00	2026-11-21 13:34:25.573161+00
\\xae27cd28f60288e6e818e86e071a120d9d9adf29f47e872fa86754744336bc08	\\x7b22776562686f6f6b5f6576656e74223a207b226964223a203330312c202264617461223a207b226964223a20332c202273746570223a20224f66666572222c202275736572223a207b226964223a20312c2022656d61696c223a202273656c6c657230406578616d706c652e636f6d227d2c20227469746c65223a20224c6561642033222c2022616d6f756e74223a2033312e352c2022737461747573223a2022746f646f222c2022737465705f6964223a203230332c202263757272656e6379223a20224d584e222c2022706970656c696e65223a202253616c6573222c2022637265617465645f6174223a2022323032362d30312d31335431353a30303a30302b30303a3030222c2022757064617465645f6174223a2022323032362d30312d31335431353a30303a30302b30303a3030222c2022636c69656e745f666f6c646572223a207b226964223a20332c20226e616d65223a2022436c69656e742033227d7d2c20226576656e74223a20226c6561642e737465702e6368616e676564222c20227369676e6174757265223a20226e6f6e65222c20227472795f636f756e74223a20302c20226861735f737563636565646564223a2066616c73657d7d	step_changed	{"conflicting duplicate"}	1	2026-11-21 13:34:25.573161+00	2026-11-21 13:34:25.573161+00
\\xcea4cc6690a004574ac157179bb900b37e76b04d60706ce6655643b365bb3681	\\x7b22776562686f6f6b5f6576656e74223a207b226964223a20313530312c202264617461223a207b226964223a2031352c202273746570223a2022496e636f6d696e67222c202275736572223a207b226964223a20312c2022656d61696c223a202273656c6c657230406578616d706c652e636f6d227d2c20227469746c65223a20224c656164203135222c2022616d6f756e74223a203135372e352c2022737461747573223a2022746f646f222c2022737465705f6964223a203230312c202263757272656e6379223a20224d584e222c2022706970656c696e65223a202253616c6573222c2022637265617465645f6174223a2022323032362d30322d31305430313a30303a30302b30303a3030222c2022757064617465645f6174223a2022323032362d30322d31305430313a30303a30302b30303a3030222c2022636c69656e745f666f6c646572223a207b226964223a20362c20226e616d65223a2022436c69656e742036227d7d2c20226576656e74223a20226c6561642e737465702e6368616e676564222c20227369676e6174757265223a20226e6f6e65222c20227472795f636f756e74223a20302c20226861735f737563636565646564223a2066616c73657d7d	step_changed	{"conflicting duplicate"}	1	2026-11-21 13:34:25.573161+00	2026-11-21 13:34:25.573161+00
\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855	\\x	\N	{"expected JSON, not an empty body"}	1	2026-11-21 13:34:25.573161+00	2026-11-21 13:34:25.573161+00
\.
-- Data for Name: stage; Type: TABLE DATA; Schema: office; Owner: -
COPY office.stage (stage_id, name, pipeline, "position", funnel_step, kpi_name, built_pipeline, built_rank) FROM stdin;
204	Contract	Sales	\N	\N	\N	Sales	4
202	Visit	Sales	3	2.00	Sales Call 202	Sales	2
201	Incoming	Sales	4	1.00	Sales Call 201	Sales	3
203	Offer	Sales	2	3.00	Sales Call 203	Sales	1
\.
-- Data for Name: stage_history; Type: TABLE DATA; Schema: office; Owner: -
COPY office.stage_history (lead_id, stay_no, life_no, stage_id, pipeline, owner, amount, exit_amount, currency, entered_at, exited_at, entry_month, exit_month, outcome, is_first_entry, is_reopened, is_inferred, entry_event_id, exit_event_id) FROM stdin;
1	4	1	203	Sales	seller1@example.com	10.50	10.50	MXN	2026-01-23 21:00:00+00	2026-03-22 01:30:00+00	2026-01-01	2026-03-01	lost	f	f	f	103	150
1	5	1	202	Sales	seller1@example.com	10.50	\N	MXN	2026-06-01 12:30:00+00	\N	2026-06-01	\N	open	f	t	f	160	\N
10	1	1	201	Sales	seller1@example.com	105.00	105.00	MXN	2026-01-25 15:00:00+00	2026-01-31 01:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	1000	1001
10	2	1	204	Sales	seller1@example.com	105.00	105.00	MXN	2026-01-31 01:00:00+00	2026-02-05 11:00:00+00	2026-01-01	2026-02-01	moved_back	t	f	f	1001	1002
10	3	1	203	Sales	seller1@example.com	105.00	105.00	MXN	2026-02-05 11:00:00+00	2026-02-10 21:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1002	1003
10	4	1	204	Sales	seller1@example.com	105.00	105.00	MXN	2026-02-10 21:00:00+00	2026-04-02 16:30:00+00	2026-02-01	2026-04-01	cancelled	f	f	f	1003	1050
11	1	1	201	Sales	seller2@example.com	115.50	115.50	MXN	2026-01-27 15:00:00+00	2026-02-07 11:00:00+00	2026-01-01	2026-02-01	advanced	t	f	f	1100	1102
11	2	1	204	Sales	seller2@example.com	115.50	115.50	MXN	2026-02-07 11:00:00+00	2026-02-12 21:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1102	1103
11	4	1	202	Sales	seller2@example.com	115.50	\N	MXN	2026-06-04 10:30:00+00	\N	2026-06-01	\N	open	t	f	f	1160	\N
12	4	1	202	Sales	seller0@example.com	126.00	126.00	MXN	2026-02-14 21:00:00+00	2026-04-05 06:30:00+00	2026-02-01	2026-04-01	won	f	f	f	1203	1250
13	4	1	203	Sales	seller1@example.com	136.50	136.50	MXN	2026-02-16 21:00:00+00	2026-04-06 13:30:00+00	2026-02-01	2026-04-01	lost	f	f	f	1303	1350
14	1	1	201	Sales	seller2@example.com	147.00	147.00	MXN	2026-02-02 15:00:00+00	2026-02-08 01:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1400	1401
14	2	1	204	Sales	seller2@example.com	147.00	147.00	MXN	2026-02-08 01:00:00+00	2026-02-13 11:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1401	1402
14	3	1	203	Sales	seller2@example.com	147.00	147.00	MXN	2026-02-13 11:00:00+00	2026-02-18 21:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1402	1403
14	4	1	204	Sales	seller2@example.com	147.00	147.00	MXN	2026-02-18 21:00:00+00	2026-04-07 20:30:00+00	2026-02-01	2026-04-01	cancelled	f	f	f	1403	1450
15	1	1	201	Sales	seller0@example.com	157.50	157.50	MXN	2026-02-04 15:00:00+00	2026-02-15 11:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1500	1502
15	2	1	204	Sales	seller0@example.com	157.50	157.50	MXN	2026-02-15 11:00:00+00	2026-02-20 21:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1502	1503
15	3	1	201	Sales	seller0@example.com	157.50	\N	MXN	2026-02-20 21:00:00+00	\N	2026-02-01	\N	open	f	f	f	1503	\N
16	4	1	202	Sales	seller1@example.com	168.00	168.00	MXN	2026-02-22 21:00:00+00	2026-04-10 10:30:00+00	2026-02-01	2026-04-01	won	f	f	f	1603	1650
16	5	1	202	Sales	seller1@example.com	168.00	\N	MXN	2026-06-05 21:30:00+00	\N	2026-06-01	\N	open	f	t	f	1660	\N
17	4	1	203	Sales	seller2@example.com	178.50	178.50	MXN	2026-02-24 21:00:00+00	2026-04-11 17:30:00+00	2026-02-01	2026-04-01	lost	f	f	f	1703	1750
18	1	1	201	Sales	seller0@example.com	189.00	189.00	MXN	2026-02-10 15:00:00+00	2026-02-16 01:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1800	1801
18	2	1	204	Sales	seller0@example.com	189.00	189.00	MXN	2026-02-16 01:00:00+00	2026-02-21 11:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1801	1802
18	3	1	203	Sales	seller0@example.com	189.00	189.00	MXN	2026-02-21 11:00:00+00	2026-02-26 21:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1802	1803
18	4	1	204	Sales	seller0@example.com	189.00	189.00	MXN	2026-02-26 21:00:00+00	2026-04-13 00:30:00+00	2026-02-01	2026-04-01	cancelled	f	f	f	1803	1850
19	1	1	201	Sales	seller1@example.com	199.50	199.50	MXN	2026-02-12 15:00:00+00	2026-02-23 11:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1900	1902
19	2	1	204	Sales	seller1@example.com	199.50	199.50	MXN	2026-02-23 11:00:00+00	2026-02-28 21:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1902	1903
19	3	1	201	Sales	seller1@example.com	199.50	\N	MXN	2026-02-28 21:00:00+00	\N	2026-02-01	\N	open	f	f	f	1903	\N
2	1	1	201	Sales	seller2@example.com	21.00	21.00	MXN	2026-01-09 15:00:00+00	2026-01-15 01:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	200	201
2	2	1	204	Sales	seller2@example.com	21.00	21.00	MXN	2026-01-15 01:00:00+00	2026-01-20 11:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	201	202
2	3	1	203	Sales	seller2@example.com	21.00	21.00	MXN	2026-01-20 11:00:00+00	2026-01-25 21:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	202	203
2	4	1	204	Sales	seller2@example.com	21.00	21.00	MXN	2026-01-25 21:00:00+00	2026-03-23 08:30:00+00	2026-01-01	2026-03-01	cancelled	f	f	f	203	250
20	4	1	202	Sales	seller2@example.com	210.00	210.00	MXN	2026-03-02 21:00:00+00	2026-04-15 14:30:00+00	2026-03-01	2026-04-01	won	f	f	f	2003	2050
21	4	1	203	Sales	seller0@example.com	220.50	220.50	MXN	2026-03-04 21:00:00+00	2026-04-16 21:30:00+00	2026-03-01	2026-04-01	lost	f	f	f	2103	2150
21	5	1	202	Sales	seller0@example.com	220.50	\N	MXN	2026-06-07 08:30:00+00	\N	2026-06-01	\N	open	f	t	f	2160	\N
22	1	1	201	Sales	seller1@example.com	231.00	231.00	MXN	2026-02-18 15:00:00+00	2026-02-24 01:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	2200	2201
22	2	1	204	Sales	seller1@example.com	231.00	231.00	MXN	2026-02-24 01:00:00+00	2026-03-01 11:00:00+00	2026-02-01	2026-03-01	moved_back	t	f	f	2201	2202
22	3	1	203	Sales	seller1@example.com	231.00	231.00	MXN	2026-03-01 11:00:00+00	2026-03-06 21:00:00+00	2026-03-01	2026-03-01	advanced	t	f	f	2202	2203
22	4	1	204	Sales	seller1@example.com	231.00	231.00	MXN	2026-03-06 21:00:00+00	2026-04-18 04:30:00+00	2026-03-01	2026-04-01	cancelled	f	f	f	2203	2250
23	1	1	201	Sales	seller2@example.com	241.50	241.50	MXN	2026-02-20 15:00:00+00	2026-03-03 11:00:00+00	2026-02-01	2026-03-01	advanced	t	f	f	2300	2302
23	2	1	204	Sales	seller2@example.com	241.50	241.50	MXN	2026-03-03 11:00:00+00	2026-03-08 21:00:00+00	2026-03-01	2026-03-01	moved_back	t	f	f	2302	2303
23	3	1	201	Sales	seller2@example.com	241.50	\N	MXN	2026-03-08 21:00:00+00	\N	2026-03-01	\N	open	f	f	f	2303	\N
24	4	1	202	Sales	seller0@example.com	252.00	252.00	MXN	2026-03-10 21:00:00+00	2026-04-20 18:30:00+00	2026-03-01	2026-04-01	won	f	f	f	2403	2450
3	1	1	201	Sales	seller0@example.com	31.50	31.50	MXN	2026-01-11 15:00:00+00	2026-01-22 11:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	300	302
3	2	1	204	Sales	seller0@example.com	31.50	31.50	MXN	2026-01-22 11:00:00+00	2026-01-27 21:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	302	303
3	3	1	201	Sales	seller0@example.com	31.50	\N	MXN	2026-01-27 21:00:00+00	\N	2026-01-01	\N	open	f	f	f	303	\N
4	4	1	202	Sales	seller1@example.com	42.00	42.00	MXN	2026-01-29 21:00:00+00	2026-03-25 22:30:00+00	2026-01-01	2026-03-01	won	f	f	f	403	450
5	4	1	203	Sales	seller2@example.com	52.50	52.50	MXN	2026-01-31 21:00:00+00	2026-03-27 05:30:00+00	2026-01-01	2026-03-01	lost	f	f	f	503	550
6	1	1	201	Sales	seller0@example.com	63.00	63.00	MXN	2026-01-17 15:00:00+00	2026-01-23 01:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	600	601
6	2	1	204	Sales	seller0@example.com	63.00	63.00	MXN	2026-01-23 01:00:00+00	2026-01-28 11:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	601	602
6	3	1	203	Sales	seller0@example.com	63.00	63.00	MXN	2026-01-28 11:00:00+00	2026-02-02 21:00:00+00	2026-01-01	2026-02-01	advanced	t	f	f	602	603
6	4	1	204	Sales	seller0@example.com	63.00	63.00	MXN	2026-02-02 21:00:00+00	2026-03-28 12:30:00+00	2026-02-01	2026-03-01	cancelled	f	f	f	603	650
6	5	1	202	Sales	seller0@example.com	63.00	\N	MXN	2026-06-02 23:30:00+00	\N	2026-06-01	\N	open	t	t	f	660	\N
7	1	1	201	Sales	seller1@example.com	73.50	73.50	MXN	2026-01-19 15:00:00+00	2026-01-30 11:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	700	702
7	2	1	204	Sales	seller1@example.com	73.50	73.50	MXN	2026-01-30 11:00:00+00	2026-02-04 21:00:00+00	2026-01-01	2026-02-01	moved_back	t	f	f	702	703
7	3	1	201	Sales	seller1@example.com	73.50	73.50	MXN	2026-02-04 21:00:00+00	2026-07-02 02:30:00+00	2026-02-01	2026-07-01	deleted	f	f	f	703	770
8	4	1	202	Sales	seller2@example.com	84.00	84.00	MXN	2026-02-06 21:00:00+00	2026-03-31 02:30:00+00	2026-02-01	2026-03-01	won	f	f	f	803	850
9	4	1	203	Sales	seller0@example.com	94.50	94.50	MXN	2026-02-08 21:00:00+00	2026-04-01 09:30:00+00	2026-02-01	2026-04-01	lost	f	f	f	903	950
1	1	1	201	Sales	seller1@example.com	10.50	10.50	MXN	2026-01-07 15:00:00+00	2026-01-13 01:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	100	101
1	2	1	203	Sales	seller1@example.com	10.50	10.50	MXN	2026-01-13 01:00:00+00	2026-01-18 11:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	101	102
1	3	1	202	Sales	seller1@example.com	10.50	10.50	MXN	2026-01-18 11:00:00+00	2026-01-23 21:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	102	103
11	3	1	201	Sales	seller2@example.com	115.50	115.50	MXN	2026-02-12 21:00:00+00	2026-06-04 10:30:00+00	2026-02-01	2026-06-01	moved_back	f	f	f	1103	1160
12	1	1	201	Sales	seller0@example.com	126.00	126.00	MXN	2026-01-29 15:00:00+00	2026-02-04 01:00:00+00	2026-01-01	2026-02-01	moved_back	t	f	f	1200	1201
12	2	1	202	Sales	seller0@example.com	126.00	126.00	MXN	2026-02-04 01:00:00+00	2026-02-09 11:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1201	1202
12	3	1	201	Sales	seller0@example.com	126.00	126.00	MXN	2026-02-09 11:00:00+00	2026-02-14 21:00:00+00	2026-02-01	2026-02-01	moved_back	f	f	f	1202	1203
13	1	1	201	Sales	seller1@example.com	136.50	136.50	MXN	2026-01-31 15:00:00+00	2026-02-06 01:00:00+00	2026-01-01	2026-02-01	moved_back	t	f	f	1300	1301
13	2	1	203	Sales	seller1@example.com	136.50	136.50	MXN	2026-02-06 01:00:00+00	2026-02-11 11:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1301	1302
13	3	1	202	Sales	seller1@example.com	136.50	136.50	MXN	2026-02-11 11:00:00+00	2026-02-16 21:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1302	1303
16	1	1	201	Sales	seller1@example.com	168.00	168.00	MXN	2026-02-06 15:00:00+00	2026-02-12 01:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1600	1601
16	2	1	202	Sales	seller1@example.com	168.00	168.00	MXN	2026-02-12 01:00:00+00	2026-02-17 11:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1601	1602
16	3	1	201	Sales	seller1@example.com	168.00	168.00	MXN	2026-02-17 11:00:00+00	2026-02-22 21:00:00+00	2026-02-01	2026-02-01	moved_back	f	f	f	1602	1603
17	1	1	201	Sales	seller2@example.com	178.50	178.50	MXN	2026-02-08 15:00:00+00	2026-02-14 01:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1700	1701
17	2	1	203	Sales	seller2@example.com	178.50	178.50	MXN	2026-02-14 01:00:00+00	2026-02-19 11:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	1701	1702
17	3	1	202	Sales	seller2@example.com	178.50	178.50	MXN	2026-02-19 11:00:00+00	2026-02-24 21:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	1702	1703
20	1	1	201	Sales	seller2@example.com	210.00	210.00	MXN	2026-02-14 15:00:00+00	2026-02-20 01:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	2000	2001
20	2	1	202	Sales	seller2@example.com	210.00	210.00	MXN	2026-02-20 01:00:00+00	2026-02-25 11:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	2001	2002
20	3	1	201	Sales	seller2@example.com	210.00	210.00	MXN	2026-02-25 11:00:00+00	2026-03-02 21:00:00+00	2026-02-01	2026-03-01	moved_back	f	f	f	2002	2003
21	1	1	201	Sales	seller0@example.com	220.50	220.50	MXN	2026-02-16 15:00:00+00	2026-02-22 01:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	2100	2101
21	2	1	203	Sales	seller0@example.com	220.50	220.50	MXN	2026-02-22 01:00:00+00	2026-02-27 11:00:00+00	2026-02-01	2026-02-01	advanced	t	f	f	2101	2102
21	3	1	202	Sales	seller0@example.com	220.50	220.50	MXN	2026-02-27 11:00:00+00	2026-03-04 21:00:00+00	2026-02-01	2026-03-01	moved_back	t	f	f	2102	2103
24	1	1	201	Sales	seller0@example.com	252.00	252.00	MXN	2026-02-22 15:00:00+00	2026-02-28 01:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	2400	2401
24	2	1	202	Sales	seller0@example.com	252.00	252.00	MXN	2026-02-28 01:00:00+00	2026-03-05 11:00:00+00	2026-02-01	2026-03-01	advanced	t	f	f	2401	2402
24	3	1	201	Sales	seller0@example.com	252.00	252.00	MXN	2026-03-05 11:00:00+00	2026-03-10 21:00:00+00	2026-03-01	2026-03-01	moved_back	f	f	f	2402	2403
4	1	1	201	Sales	seller1@example.com	42.00	42.00	MXN	2026-01-13 15:00:00+00	2026-01-19 01:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	400	401
4	2	1	202	Sales	seller1@example.com	42.00	42.00	MXN	2026-01-19 01:00:00+00	2026-01-24 11:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	401	402
4	3	1	201	Sales	seller1@example.com	42.00	42.00	MXN	2026-01-24 11:00:00+00	2026-01-29 21:00:00+00	2026-01-01	2026-01-01	moved_back	f	f	f	402	403
5	1	1	201	Sales	seller2@example.com	52.50	52.50	MXN	2026-01-15 15:00:00+00	2026-01-21 01:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	500	501
5	2	1	203	Sales	seller2@example.com	52.50	52.50	MXN	2026-01-21 01:00:00+00	2026-01-26 11:00:00+00	2026-01-01	2026-01-01	advanced	t	f	f	501	502
5	3	1	202	Sales	seller2@example.com	52.50	52.50	MXN	2026-01-26 11:00:00+00	2026-01-31 21:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	502	503
8	1	1	201	Sales	seller2@example.com	84.00	84.00	MXN	2026-01-21 15:00:00+00	2026-01-27 01:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	800	801
8	2	1	202	Sales	seller2@example.com	84.00	84.00	MXN	2026-01-27 01:00:00+00	2026-02-01 11:00:00+00	2026-01-01	2026-02-01	advanced	t	f	f	801	802
8	3	1	201	Sales	seller2@example.com	84.00	84.00	MXN	2026-02-01 11:00:00+00	2026-02-06 21:00:00+00	2026-02-01	2026-02-01	moved_back	f	f	f	802	803
9	1	1	201	Sales	seller0@example.com	94.50	94.50	MXN	2026-01-23 15:00:00+00	2026-01-29 01:00:00+00	2026-01-01	2026-01-01	moved_back	t	f	f	900	901
9	2	1	203	Sales	seller0@example.com	94.50	94.50	MXN	2026-01-29 01:00:00+00	2026-02-03 11:00:00+00	2026-01-01	2026-02-01	advanced	t	f	f	901	902
9	3	1	202	Sales	seller0@example.com	94.50	94.50	MXN	2026-02-03 11:00:00+00	2026-02-08 21:00:00+00	2026-02-01	2026-02-01	moved_back	t	f	f	902	903
\.
-- Data for Name: stage_seen; Type: TABLE DATA; Schema: office; Owner: -
COPY office.stage_seen (stage_id, name, pipeline, last_seen_at) FROM stdin;
201	Incoming	Sales	2026-04-19 11:30:00+00
203	Offer	Sales	2026-04-16 21:30:00+00
202	Visit	Sales	2026-06-07 08:30:00+00
204	Contract	Sales	2026-04-18 04:30:00+00
\.
-- Data for Name: step_changed; Type: TABLE DATA; Schema: office; Owner: -
COPY office.step_changed (id, event, signature, has_succeeded, try_count, last_returned_code, received_at, lead_id, lead_title, lead_status, lead_step, lead_amount, lead_created_at, lead_updated_at, lead_user_email, lead_permalink, raw_data, step_id, pipeline, created_at_utc, updated_at_utc, moved_by, currency) FROM stdin;
101	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	1	Lead 1	todo	Offer	10.5	2026-01-13 01:00:00+00	2026-01-13 01:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 101, "data": {"id": 1, "step": "Offer", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 1", "amount": 10.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-13T01:00:00+00:00", "updated_at": "2026-01-13T01:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-01-13 01:00:00+00	2026-01-13 01:00:00+00	seller1@example.com	MXN
102	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	1	Lead 1	todo	Visit	10.5	2026-01-18 11:00:00+00	2026-01-18 11:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 102, "data": {"id": 1, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 1", "amount": 10.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-18T11:00:00+00:00", "updated_at": "2026-01-18T11:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-01-18 11:00:00+00	2026-01-18 11:00:00+00	seller1@example.com	MXN
103	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	1	Lead 1	todo	Offer	10.5	2026-01-23 21:00:00+00	2026-01-23 21:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 103, "data": {"id": 1, "step": "Offer", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 1", "amount": 10.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-23T21:00:00+00:00", "updated_at": "2026-01-23T21:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-01-23 21:00:00+00	2026-01-23 21:00:00+00	seller1@example.com	MXN
160	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	1	Lead 1	todo	Visit	10.5	2026-06-01 12:30:00+00	2026-06-01 12:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 160, "data": {"id": 1, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 1", "amount": 10.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-06-01T12:30:00+00:00", "updated_at": "2026-06-01T12:30:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-06-01 12:30:00+00	2026-06-01 12:30:00+00	seller1@example.com	MXN
201	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	2	Lead 2	todo	Contract	21.0	2026-01-15 01:00:00+00	2026-01-15 01:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 201, "data": {"id": 2, "step": "Contract", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 2", "amount": 21.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-15T01:00:00+00:00", "updated_at": "2026-01-15T01:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-01-15 01:00:00+00	2026-01-15 01:00:00+00	seller2@example.com	MXN
202	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	2	Lead 2	todo	Offer	21.0	2026-01-20 11:00:00+00	2026-01-20 11:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 202, "data": {"id": 2, "step": "Offer", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 2", "amount": 21.0, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-20T11:00:00+00:00", "updated_at": "2026-01-20T11:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-01-20 11:00:00+00	2026-01-20 11:00:00+00	seller2@example.com	MXN
203	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	2	Lead 2	todo	Contract	21.0	2026-01-25 21:00:00+00	2026-01-25 21:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 203, "data": {"id": 2, "step": "Contract", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 2", "amount": 21.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-25T21:00:00+00:00", "updated_at": "2026-01-25T21:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-01-25 21:00:00+00	2026-01-25 21:00:00+00	seller2@example.com	MXN
301	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	3	Lead 3	todo	Incoming	31.5	2026-01-17 01:00:00+00	2026-01-17 01:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 301, "data": {"id": 3, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 3", "amount": 31.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-17T01:00:00+00:00", "updated_at": "2026-01-17T01:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-01-17 01:00:00+00	2026-01-17 01:00:00+00	seller0@example.com	MXN
302	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	3	Lead 3	todo	Contract	31.5	2026-01-22 11:00:00+00	2026-01-22 11:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 302, "data": {"id": 3, "step": "Contract", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 3", "amount": 31.5, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-22T11:00:00+00:00", "updated_at": "2026-01-22T11:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-01-22 11:00:00+00	2026-01-22 11:00:00+00	seller0@example.com	MXN
303	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	3	Lead 3	todo	Incoming	31.5	2026-01-27 21:00:00+00	2026-01-27 21:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 303, "data": {"id": 3, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 3", "amount": 31.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-27T21:00:00+00:00", "updated_at": "2026-01-27T21:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-01-27 21:00:00+00	2026-01-27 21:00:00+00	seller0@example.com	MXN
401	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	4	Lead 4	todo	Visit	42.0	2026-01-19 01:00:00+00	2026-01-19 01:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 401, "data": {"id": 4, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 4", "amount": 42.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-19T01:00:00+00:00", "updated_at": "2026-01-19T01:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-01-19 01:00:00+00	2026-01-19 01:00:00+00	seller1@example.com	MXN
402	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	4	Lead 4	todo	Incoming	42.0	2026-01-24 11:00:00+00	2026-01-24 11:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 402, "data": {"id": 4, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 4", "amount": 42.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-24T11:00:00+00:00", "updated_at": "2026-01-24T11:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-01-24 11:00:00+00	2026-01-24 11:00:00+00	seller1@example.com	MXN
403	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	4	Lead 4	todo	Visit	42.0	2026-01-29 21:00:00+00	2026-01-29 21:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 403, "data": {"id": 4, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 4", "amount": 42.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-29T21:00:00+00:00", "updated_at": "2026-01-29T21:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-01-29 21:00:00+00	2026-01-29 21:00:00+00	seller1@example.com	MXN
501	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	5	Lead 5	todo	Offer	52.5	2026-01-21 01:00:00+00	2026-01-21 01:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 501, "data": {"id": 5, "step": "Offer", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 5", "amount": 52.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-21T01:00:00+00:00", "updated_at": "2026-01-21T01:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-01-21 01:00:00+00	2026-01-21 01:00:00+00	seller2@example.com	MXN
502	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	5	Lead 5	todo	Visit	52.5	2026-01-26 11:00:00+00	2026-01-26 11:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 502, "data": {"id": 5, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 5", "amount": 52.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-26T11:00:00+00:00", "updated_at": "2026-01-26T11:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-01-26 11:00:00+00	2026-01-26 11:00:00+00	seller2@example.com	MXN
503	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	5	Lead 5	todo	Offer	52.5	2026-01-31 21:00:00+00	2026-01-31 21:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 503, "data": {"id": 5, "step": "Offer", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 5", "amount": 52.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-31T21:00:00+00:00", "updated_at": "2026-01-31T21:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-01-31 21:00:00+00	2026-01-31 21:00:00+00	seller2@example.com	MXN
601	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	6	Lead 6	todo	Contract	63.0	2026-01-23 01:00:00+00	2026-01-23 01:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 601, "data": {"id": 6, "step": "Contract", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 6", "amount": 63.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-23T01:00:00+00:00", "updated_at": "2026-01-23T01:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-01-23 01:00:00+00	2026-01-23 01:00:00+00	seller0@example.com	MXN
602	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	6	Lead 6	todo	Offer	63.0	2026-01-28 11:00:00+00	2026-01-28 11:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 602, "data": {"id": 6, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 6", "amount": 63.0, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-28T11:00:00+00:00", "updated_at": "2026-01-28T11:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-01-28 11:00:00+00	2026-01-28 11:00:00+00	seller0@example.com	MXN
603	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	6	Lead 6	todo	Contract	63.0	2026-02-02 21:00:00+00	2026-02-02 21:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 603, "data": {"id": 6, "step": "Contract", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 6", "amount": 63.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-02T21:00:00+00:00", "updated_at": "2026-02-02T21:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-02 21:00:00+00	2026-02-02 21:00:00+00	seller0@example.com	MXN
660	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	6	Lead 6	todo	Visit	63.0	2026-06-02 23:30:00+00	2026-06-02 23:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 660, "data": {"id": 6, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 6", "amount": 63.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-06-02T23:30:00+00:00", "updated_at": "2026-06-02T23:30:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-06-02 23:30:00+00	2026-06-02 23:30:00+00	seller0@example.com	MXN
701	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	7	Lead 7	todo	Incoming	73.5	2026-01-25 01:00:00+00	2026-01-25 01:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 701, "data": {"id": 7, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 7", "amount": 73.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-25T01:00:00+00:00", "updated_at": "2026-01-25T01:00:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-01-25 01:00:00+00	2026-01-25 01:00:00+00	seller1@example.com	MXN
702	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	7	Lead 7	todo	Contract	73.5	2026-01-30 11:00:00+00	2026-01-30 11:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 702, "data": {"id": 7, "step": "Contract", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 7", "amount": 73.5, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-30T11:00:00+00:00", "updated_at": "2026-01-30T11:00:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-01-30 11:00:00+00	2026-01-30 11:00:00+00	seller1@example.com	MXN
703	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	7	Lead 7	todo	Incoming	73.5	2026-02-04 21:00:00+00	2026-02-04 21:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 703, "data": {"id": 7, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 7", "amount": 73.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-04T21:00:00+00:00", "updated_at": "2026-02-04T21:00:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-04 21:00:00+00	2026-02-04 21:00:00+00	seller1@example.com	MXN
801	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	8	Lead 8	todo	Visit	84.0	2026-01-27 01:00:00+00	2026-01-27 01:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 801, "data": {"id": 8, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 8", "amount": 84.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-27T01:00:00+00:00", "updated_at": "2026-01-27T01:00:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-01-27 01:00:00+00	2026-01-27 01:00:00+00	seller2@example.com	MXN
802	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	8	Lead 8	todo	Incoming	84.0	2026-02-01 11:00:00+00	2026-02-01 11:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 802, "data": {"id": 8, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 8", "amount": 84.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-01T11:00:00+00:00", "updated_at": "2026-02-01T11:00:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-01 11:00:00+00	2026-02-01 11:00:00+00	seller2@example.com	MXN
803	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	8	Lead 8	todo	Visit	84.0	2026-02-06 21:00:00+00	2026-02-06 21:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 803, "data": {"id": 8, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 8", "amount": 84.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-06T21:00:00+00:00", "updated_at": "2026-02-06T21:00:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-06 21:00:00+00	2026-02-06 21:00:00+00	seller2@example.com	MXN
902	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	9	Lead 9	todo	Visit	94.5	2026-02-03 11:00:00+00	2026-02-03 11:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 902, "data": {"id": 9, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 9", "amount": 94.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-03T11:00:00+00:00", "updated_at": "2026-02-03T11:00:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-03 11:00:00+00	2026-02-03 11:00:00+00	seller0@example.com	MXN
903	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	9	Lead 9	todo	Offer	94.5	2026-02-08 21:00:00+00	2026-02-08 21:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 903, "data": {"id": 9, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 9", "amount": 94.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-08T21:00:00+00:00", "updated_at": "2026-02-08T21:00:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-08 21:00:00+00	2026-02-08 21:00:00+00	seller0@example.com	MXN
1001	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	10	Lead 10	todo	Contract	105.0	2026-01-31 01:00:00+00	2026-01-31 01:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1001, "data": {"id": 10, "step": "Contract", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 10", "amount": 105.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-01-31T01:00:00+00:00", "updated_at": "2026-01-31T01:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-01-31 01:00:00+00	2026-01-31 01:00:00+00	seller1@example.com	MXN
1002	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	10	Lead 10	todo	Offer	105.0	2026-02-05 11:00:00+00	2026-02-05 11:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1002, "data": {"id": 10, "step": "Offer", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 10", "amount": 105.0, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-05T11:00:00+00:00", "updated_at": "2026-02-05T11:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-05 11:00:00+00	2026-02-05 11:00:00+00	seller1@example.com	MXN
1003	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	10	Lead 10	todo	Contract	105.0	2026-02-10 21:00:00+00	2026-02-10 21:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1003, "data": {"id": 10, "step": "Contract", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 10", "amount": 105.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-10T21:00:00+00:00", "updated_at": "2026-02-10T21:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-10 21:00:00+00	2026-02-10 21:00:00+00	seller1@example.com	MXN
1101	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	11	Lead 11	todo	Incoming	115.5	2026-02-02 01:00:00+00	2026-02-02 01:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1101, "data": {"id": 11, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 11", "amount": 115.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-02T01:00:00+00:00", "updated_at": "2026-02-02T01:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-02 01:00:00+00	2026-02-02 01:00:00+00	seller2@example.com	MXN
1102	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	11	Lead 11	todo	Contract	115.5	2026-02-07 11:00:00+00	2026-02-07 11:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1102, "data": {"id": 11, "step": "Contract", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 11", "amount": 115.5, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-07T11:00:00+00:00", "updated_at": "2026-02-07T11:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-07 11:00:00+00	2026-02-07 11:00:00+00	seller2@example.com	MXN
1103	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	11	Lead 11	todo	Incoming	115.5	2026-02-12 21:00:00+00	2026-02-12 21:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1103, "data": {"id": 11, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 11", "amount": 115.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-12T21:00:00+00:00", "updated_at": "2026-02-12T21:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-12 21:00:00+00	2026-02-12 21:00:00+00	seller2@example.com	MXN
1160	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	11	Lead 11	todo	Visit	115.5	2026-06-04 10:30:00+00	2026-06-04 10:30:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1160, "data": {"id": 11, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 11", "amount": 115.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-06-04T10:30:00+00:00", "updated_at": "2026-06-04T10:30:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-06-04 10:30:00+00	2026-06-04 10:30:00+00	seller2@example.com	MXN
1201	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	12	Lead 12	todo	Visit	126.0	2026-02-04 01:00:00+00	2026-02-04 01:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1201, "data": {"id": 12, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 12", "amount": 126.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-04T01:00:00+00:00", "updated_at": "2026-02-04T01:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-04 01:00:00+00	2026-02-04 01:00:00+00	seller0@example.com	MXN
1202	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	12	Lead 12	todo	Incoming	126.0	2026-02-09 11:00:00+00	2026-02-09 11:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1202, "data": {"id": 12, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 12", "amount": 126.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-09T11:00:00+00:00", "updated_at": "2026-02-09T11:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-09 11:00:00+00	2026-02-09 11:00:00+00	seller0@example.com	MXN
1203	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	12	Lead 12	todo	Visit	126.0	2026-02-14 21:00:00+00	2026-02-14 21:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1203, "data": {"id": 12, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 12", "amount": 126.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-14T21:00:00+00:00", "updated_at": "2026-02-14T21:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-14 21:00:00+00	2026-02-14 21:00:00+00	seller0@example.com	MXN
1301	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	13	Lead 13	todo	Offer	136.5	2026-02-06 01:00:00+00	2026-02-06 01:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1301, "data": {"id": 13, "step": "Offer", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 13", "amount": 136.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-06T01:00:00+00:00", "updated_at": "2026-02-06T01:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-06 01:00:00+00	2026-02-06 01:00:00+00	seller1@example.com	MXN
1302	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	13	Lead 13	todo	Visit	136.5	2026-02-11 11:00:00+00	2026-02-11 11:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1302, "data": {"id": 13, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 13", "amount": 136.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-11T11:00:00+00:00", "updated_at": "2026-02-11T11:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-11 11:00:00+00	2026-02-11 11:00:00+00	seller1@example.com	MXN
1303	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	13	Lead 13	todo	Offer	136.5	2026-02-16 21:00:00+00	2026-02-16 21:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1303, "data": {"id": 13, "step": "Offer", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 13", "amount": 136.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-16T21:00:00+00:00", "updated_at": "2026-02-16T21:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-16 21:00:00+00	2026-02-16 21:00:00+00	seller1@example.com	MXN
1401	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	14	Lead 14	todo	Contract	147.0	2026-02-08 01:00:00+00	2026-02-08 01:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1401, "data": {"id": 14, "step": "Contract", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 14", "amount": 147.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-08T01:00:00+00:00", "updated_at": "2026-02-08T01:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-08 01:00:00+00	2026-02-08 01:00:00+00	seller2@example.com	MXN
1402	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	14	Lead 14	todo	Offer	147.0	2026-02-13 11:00:00+00	2026-02-13 11:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1402, "data": {"id": 14, "step": "Offer", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 14", "amount": 147.0, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-13T11:00:00+00:00", "updated_at": "2026-02-13T11:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-13 11:00:00+00	2026-02-13 11:00:00+00	seller2@example.com	MXN
1403	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	14	Lead 14	todo	Contract	147.0	2026-02-18 21:00:00+00	2026-02-18 21:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1403, "data": {"id": 14, "step": "Contract", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 14", "amount": 147.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-18T21:00:00+00:00", "updated_at": "2026-02-18T21:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-18 21:00:00+00	2026-02-18 21:00:00+00	seller2@example.com	MXN
1502	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	15	Lead 15	todo	Contract	157.5	2026-02-15 11:00:00+00	2026-02-15 11:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1502, "data": {"id": 15, "step": "Contract", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 15", "amount": 157.5, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-15T11:00:00+00:00", "updated_at": "2026-02-15T11:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-15 11:00:00+00	2026-02-15 11:00:00+00	seller0@example.com	MXN
1503	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	15	Lead 15	todo	Incoming	157.5	2026-02-20 21:00:00+00	2026-02-20 21:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1503, "data": {"id": 15, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 15", "amount": 157.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-20T21:00:00+00:00", "updated_at": "2026-02-20T21:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-20 21:00:00+00	2026-02-20 21:00:00+00	seller0@example.com	MXN
1601	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	16	Lead 16	todo	Visit	168.0	2026-02-12 01:00:00+00	2026-02-12 01:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1601, "data": {"id": 16, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 16", "amount": 168.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-12T01:00:00+00:00", "updated_at": "2026-02-12T01:00:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-12 01:00:00+00	2026-02-12 01:00:00+00	seller1@example.com	MXN
1602	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	16	Lead 16	todo	Incoming	168.0	2026-02-17 11:00:00+00	2026-02-17 11:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1602, "data": {"id": 16, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 16", "amount": 168.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-17T11:00:00+00:00", "updated_at": "2026-02-17T11:00:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-17 11:00:00+00	2026-02-17 11:00:00+00	seller1@example.com	MXN
1603	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	16	Lead 16	todo	Visit	168.0	2026-02-22 21:00:00+00	2026-02-22 21:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1603, "data": {"id": 16, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 16", "amount": 168.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-22T21:00:00+00:00", "updated_at": "2026-02-22T21:00:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-22 21:00:00+00	2026-02-22 21:00:00+00	seller1@example.com	MXN
1660	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	16	Lead 16	todo	Visit	168.0	2026-06-05 21:30:00+00	2026-06-05 21:30:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1660, "data": {"id": 16, "step": "Visit", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 16", "amount": 168.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-06-05T21:30:00+00:00", "updated_at": "2026-06-05T21:30:00+00:00", "client_folder": {"id": 7, "name": "Client 7"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-06-05 21:30:00+00	2026-06-05 21:30:00+00	seller1@example.com	MXN
1701	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	17	Lead 17	todo	Offer	178.5	2026-02-14 01:00:00+00	2026-02-14 01:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1701, "data": {"id": 17, "step": "Offer", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 17", "amount": 178.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-14T01:00:00+00:00", "updated_at": "2026-02-14T01:00:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-14 01:00:00+00	2026-02-14 01:00:00+00	seller2@example.com	MXN
1702	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	17	Lead 17	todo	Visit	178.5	2026-02-19 11:00:00+00	2026-02-19 11:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1702, "data": {"id": 17, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 17", "amount": 178.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-19T11:00:00+00:00", "updated_at": "2026-02-19T11:00:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-19 11:00:00+00	2026-02-19 11:00:00+00	seller2@example.com	MXN
1703	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	17	Lead 17	todo	Offer	178.5	2026-02-24 21:00:00+00	2026-02-24 21:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 1703, "data": {"id": 17, "step": "Offer", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 17", "amount": 178.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-24T21:00:00+00:00", "updated_at": "2026-02-24T21:00:00+00:00", "client_folder": {"id": 8, "name": "Client 8"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-24 21:00:00+00	2026-02-24 21:00:00+00	seller2@example.com	MXN
1801	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	18	Lead 18	todo	Contract	189.0	2026-02-16 01:00:00+00	2026-02-16 01:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1801, "data": {"id": 18, "step": "Contract", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 18", "amount": 189.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-16T01:00:00+00:00", "updated_at": "2026-02-16T01:00:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-16 01:00:00+00	2026-02-16 01:00:00+00	seller0@example.com	MXN
1802	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	18	Lead 18	todo	Offer	189.0	2026-02-21 11:00:00+00	2026-02-21 11:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1802, "data": {"id": 18, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 18", "amount": 189.0, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-21T11:00:00+00:00", "updated_at": "2026-02-21T11:00:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-21 11:00:00+00	2026-02-21 11:00:00+00	seller0@example.com	MXN
1803	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	18	Lead 18	todo	Contract	189.0	2026-02-26 21:00:00+00	2026-02-26 21:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1803, "data": {"id": 18, "step": "Contract", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 18", "amount": 189.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-26T21:00:00+00:00", "updated_at": "2026-02-26T21:00:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-26 21:00:00+00	2026-02-26 21:00:00+00	seller0@example.com	MXN
1901	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	19	Lead 19	todo	Incoming	199.5	2026-02-18 01:00:00+00	2026-02-18 01:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1901, "data": {"id": 19, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 19", "amount": 199.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-18T01:00:00+00:00", "updated_at": "2026-02-18T01:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-18 01:00:00+00	2026-02-18 01:00:00+00	seller1@example.com	MXN
1902	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	19	Lead 19	todo	Contract	199.5	2026-02-23 11:00:00+00	2026-02-23 11:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1902, "data": {"id": 19, "step": "Contract", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 19", "amount": 199.5, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-23T11:00:00+00:00", "updated_at": "2026-02-23T11:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-23 11:00:00+00	2026-02-23 11:00:00+00	seller1@example.com	MXN
1903	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	19	Lead 19	todo	Incoming	199.5	2026-02-28 21:00:00+00	2026-02-28 21:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 1903, "data": {"id": 19, "step": "Incoming", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 19", "amount": 199.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-28T21:00:00+00:00", "updated_at": "2026-02-28T21:00:00+00:00", "client_folder": {"id": 1, "name": "Client 1"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-28 21:00:00+00	2026-02-28 21:00:00+00	seller1@example.com	MXN
2001	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	20	Lead 20	todo	Visit	210.0	2026-02-20 01:00:00+00	2026-02-20 01:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 2001, "data": {"id": 20, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 20", "amount": 210.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-20T01:00:00+00:00", "updated_at": "2026-02-20T01:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-20 01:00:00+00	2026-02-20 01:00:00+00	seller2@example.com	MXN
2002	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	20	Lead 20	todo	Incoming	210.0	2026-02-25 11:00:00+00	2026-02-25 11:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 2002, "data": {"id": 20, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 20", "amount": 210.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-25T11:00:00+00:00", "updated_at": "2026-02-25T11:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-25 11:00:00+00	2026-02-25 11:00:00+00	seller2@example.com	MXN
2003	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	20	Lead 20	todo	Visit	210.0	2026-03-02 21:00:00+00	2026-03-02 21:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 2003, "data": {"id": 20, "step": "Visit", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 20", "amount": 210.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-02T21:00:00+00:00", "updated_at": "2026-03-02T21:00:00+00:00", "client_folder": {"id": 2, "name": "Client 2"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-03-02 21:00:00+00	2026-03-02 21:00:00+00	seller2@example.com	MXN
2102	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	21	Lead 21	todo	Visit	220.5	2026-02-27 11:00:00+00	2026-02-27 11:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2102, "data": {"id": 21, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 21", "amount": 220.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-27T11:00:00+00:00", "updated_at": "2026-02-27T11:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-27 11:00:00+00	2026-02-27 11:00:00+00	seller0@example.com	MXN
2103	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	21	Lead 21	todo	Offer	220.5	2026-03-04 21:00:00+00	2026-03-04 21:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2103, "data": {"id": 21, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 21", "amount": 220.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-04T21:00:00+00:00", "updated_at": "2026-03-04T21:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-03-04 21:00:00+00	2026-03-04 21:00:00+00	seller0@example.com	MXN
2160	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	21	Lead 21	todo	Visit	220.5	2026-06-07 08:30:00+00	2026-06-07 08:30:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2160, "data": {"id": 21, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 21", "amount": 220.5, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-06-07T08:30:00+00:00", "updated_at": "2026-06-07T08:30:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-06-07 08:30:00+00	2026-06-07 08:30:00+00	seller0@example.com	MXN
2201	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	22	Lead 22	todo	Contract	231.0	2026-02-24 01:00:00+00	2026-02-24 01:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 2201, "data": {"id": 22, "step": "Contract", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 22", "amount": 231.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-24T01:00:00+00:00", "updated_at": "2026-02-24T01:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-02-24 01:00:00+00	2026-02-24 01:00:00+00	seller1@example.com	MXN
2202	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	22	Lead 22	todo	Offer	231.0	2026-03-01 11:00:00+00	2026-03-01 11:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 2202, "data": {"id": 22, "step": "Offer", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 22", "amount": 231.0, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-01T11:00:00+00:00", "updated_at": "2026-03-01T11:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-03-01 11:00:00+00	2026-03-01 11:00:00+00	seller1@example.com	MXN
2203	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	22	Lead 22	todo	Contract	231.0	2026-03-06 21:00:00+00	2026-03-06 21:00:00+00	seller1@example.com	\N	{"webhook_event": {"id": 2203, "data": {"id": 22, "step": "Contract", "user": {"id": 2, "email": "seller1@example.com"}, "title": "Lead 22", "amount": 231.0, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-06T21:00:00+00:00", "updated_at": "2026-03-06T21:00:00+00:00", "client_folder": {"id": 4, "name": "Client 4"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-03-06 21:00:00+00	2026-03-06 21:00:00+00	seller1@example.com	MXN
2301	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	23	Lead 23	todo	Incoming	241.5	2026-02-26 01:00:00+00	2026-02-26 01:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 2301, "data": {"id": 23, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 23", "amount": 241.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-26T01:00:00+00:00", "updated_at": "2026-02-26T01:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-02-26 01:00:00+00	2026-02-26 01:00:00+00	seller2@example.com	MXN
2302	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	23	Lead 23	todo	Contract	241.5	2026-03-03 11:00:00+00	2026-03-03 11:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 2302, "data": {"id": 23, "step": "Contract", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 23", "amount": 241.5, "status": "todo", "step_id": 204, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-03T11:00:00+00:00", "updated_at": "2026-03-03T11:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	204	Sales	2026-03-03 11:00:00+00	2026-03-03 11:00:00+00	seller2@example.com	MXN
2303	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	23	Lead 23	todo	Incoming	241.5	2026-03-08 21:00:00+00	2026-03-08 21:00:00+00	seller2@example.com	\N	{"webhook_event": {"id": 2303, "data": {"id": 23, "step": "Incoming", "user": {"id": 3, "email": "seller2@example.com"}, "title": "Lead 23", "amount": 241.5, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-08T21:00:00+00:00", "updated_at": "2026-03-08T21:00:00+00:00", "client_folder": {"id": 5, "name": "Client 5"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-03-08 21:00:00+00	2026-03-08 21:00:00+00	seller2@example.com	MXN
2401	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	24	Lead 24	todo	Visit	252.0	2026-02-28 01:00:00+00	2026-02-28 01:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2401, "data": {"id": 24, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 24", "amount": 252.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-28T01:00:00+00:00", "updated_at": "2026-02-28T01:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-02-28 01:00:00+00	2026-02-28 01:00:00+00	seller0@example.com	MXN
2402	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	24	Lead 24	todo	Incoming	252.0	2026-03-05 11:00:00+00	2026-03-05 11:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2402, "data": {"id": 24, "step": "Incoming", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 24", "amount": 252.0, "status": "todo", "step_id": 201, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-05T11:00:00+00:00", "updated_at": "2026-03-05T11:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	201	Sales	2026-03-05 11:00:00+00	2026-03-05 11:00:00+00	seller0@example.com	MXN
2403	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.550844+00	24	Lead 24	todo	Visit	252.0	2026-03-10 21:00:00+00	2026-03-10 21:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2403, "data": {"id": 24, "step": "Visit", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 24", "amount": 252.0, "status": "todo", "step_id": 202, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-10T21:00:00+00:00", "updated_at": "2026-03-10T21:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	202	Sales	2026-03-10 21:00:00+00	2026-03-10 21:00:00+00	seller0@example.com	MXN
1501	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.573161+00	15	Lead 15	todo	Offer	157.5	2026-03-02 15:00:00+00	2026-03-02 15:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 1501, "data": {"id": 15, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 15", "amount": 157.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-02T15:00:00+00:00", "updated_at": "2026-03-02T15:00:00+00:00", "client_folder": {"id": 6, "name": "Client 6"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-03-02 15:00:00+00	2026-03-02 15:00:00+00	seller0@example.com	MXN
901	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.573161+00	9	Lead 9	todo	Offer	94.5	2026-02-06 15:00:00+00	2026-02-06 15:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 901, "data": {"id": 9, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 9", "amount": 94.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-02-06T15:00:00+00:00", "updated_at": "2026-02-06T15:00:00+00:00", "client_folder": {"id": 0, "name": "Client 0"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-02-06 15:00:00+00	2026-02-06 15:00:00+00	seller0@example.com	MXN
2101	lead.step.changed	none	f	0	\N	2026-11-21 13:34:25.573161+00	21	Lead 21	todo	Offer	220.5	2026-03-26 15:00:00+00	2026-03-26 15:00:00+00	seller0@example.com	\N	{"webhook_event": {"id": 2101, "data": {"id": 21, "step": "Offer", "user": {"id": 1, "email": "seller0@example.com"}, "title": "Lead 21", "amount": 220.5, "status": "todo", "step_id": 203, "currency": "MXN", "pipeline": "Sales", "created_at": "2026-03-26T15:00:00+00:00", "updated_at": "2026-03-26T15:00:00+00:00", "client_folder": {"id": 3, "name": "Client 3"}}, "event": "lead.step.changed", "signature": "none", "try_count": 0, "has_succeeded": false}}	203	Sales	2026-03-26 15:00:00+00	2026-03-26 15:00:00+00	seller0@example.com	MXN
\.
-- Name: pending_mark; Type: SEQUENCE SET; Schema: office; Owner: -
SELECT pg_catalog.setval('office.pending_mark', 96, true);
-- Name: account account_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.account
    ADD CONSTRAINT account_is_unique PRIMARY KEY (account);
-- Name: funnel_monthly funnel_monthly_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.funnel_monthly
    ADD CONSTRAINT funnel_monthly_is_unique PRIMARY KEY (month, stage_id);
-- Name: lead_changed lead_changed_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.lead_changed
    ADD CONSTRAINT lead_changed_is_unique PRIMARY KEY (id);
-- Name: lead_created lead_created_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.lead_created
    ADD CONSTRAINT lead_created_is_unique PRIMARY KEY (id);
-- Name: lead_deleted lead_deleted_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.lead_deleted
    ADD CONSTRAINT lead_deleted_is_unique PRIMARY KEY (id);
-- Name: observation observation_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.observation
    ADD CONSTRAINT observation_is_unique PRIMARY KEY (lead_id, origin, event_id);
-- Name: other_event other_event_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.other_event
    ADD CONSTRAINT other_event_is_unique PRIMARY KEY (digest);
-- Name: pending pending_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.pending
    ADD CONSTRAINT pending_is_unique PRIMARY KEY (lead_id, mark);
-- Name: quarantine quarantine_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.quarantine
    ADD CONSTRAINT quarantine_is_unique PRIMARY KEY (digest);
-- Name: stage_history stage_history_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.stage_history
    ADD CONSTRAINT stage_history_is_unique PRIMARY KEY (lead_id, stay_no);
-- Name: stage stage_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.stage
    ADD CONSTRAINT stage_is_unique PRIMARY KEY (stage_id);
-- Name: stage_seen stage_seen_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.stage_seen
    ADD CONSTRAINT stage_seen_is_unique PRIMARY KEY (stage_id, name, pipeline);
-- Name: step_changed step_changed_is_unique; Type: CONSTRAINT; Schema: office; Owner: -
ALTER TABLE ONLY office.step_changed
    ADD CONSTRAINT step_changed_is_unique PRIMARY KEY (id);
-- Name: SCHEMA office; Type: ACL; Schema: -; Owner: -
GRANT USAGE ON SCHEMA office TO reader_of_the_office;
-- Name: TABLE observation; Type: ACL; Schema: office; Owner: -
GRANT SELECT ON TABLE office.observation TO reader_of_the_office;
-- PostgreSQL database dump complete
