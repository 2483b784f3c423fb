"""The webhook service that a small company writes: Flask under gunicorn, a connection to the database for each event.

It decodes the columns that step_changed has, keeps the body as jsonb, ignores an event that is there, and answers when
that is committed. WEBHOOK_TOKEN is what a caller shows; libpq's variables say where the database is.
"""

import hmac
import os

import psycopg2
from flask import Flask, jsonify, request
from psycopg2.extras import Json

app = Flask(__name__)
token = "Bearer " + os.environ["WEBHOOK_TOKEN"]

INSERT = """
    insert into rig.webhook
        (id, event, signature, has_succeeded, try_count, last_returned_code, received_at, lead_id, lead_title,
         lead_status, lead_step, lead_amount, lead_created_at, lead_updated_at, lead_user_email, lead_permalink,
         raw_data, step_id, pipeline, created_at_utc, updated_at_utc, moved_by, currency, user_id,
         client_folder_id, client_folder_name)
    values
        (%(id)s, %(event)s, %(signature)s, %(has_succeeded)s, %(try_count)s, %(last_returned_code)s, now(),
         %(lead_id)s, %(lead_title)s, %(lead_status)s, %(lead_step)s, %(lead_amount)s, %(lead_created_at)s,
         %(lead_updated_at)s, %(lead_user_email)s, %(lead_permalink)s, %(raw_data)s, %(step_id)s, %(pipeline)s,
         %(created_at_utc)s, %(updated_at_utc)s, %(moved_by)s, %(currency)s, %(user_id)s, %(client_folder_id)s,
         %(client_folder_name)s)
    on conflict (id) do nothing
"""


def row_of(body):
    event = body["webhook_event"]
    lead = event["data"]
    user = lead.get("user") or {}
    folder = lead.get("client") or lead.get("client_folder") or {}
    email = (user.get("email") or "").strip().lower() or None
    return {
        "id": event["id"],
        "event": event["event"],
        "signature": event.get("signature"),
        "has_succeeded": event.get("has_succeeded"),
        "try_count": event.get("try_count"),
        "last_returned_code": event.get("last_returned_code"),
        "lead_id": lead["id"],
        "lead_title": lead.get("title"),
        "lead_status": lead.get("status"),
        "lead_step": lead.get("step"),
        "lead_amount": lead.get("amount"),
        "lead_created_at": lead.get("created_at"),
        "lead_updated_at": lead.get("updated_at"),
        "lead_user_email": email,
        "lead_permalink": lead.get("permalink"),
        "raw_data": Json(body),
        "step_id": lead.get("step_id"),
        "pipeline": lead.get("pipeline"),
        "created_at_utc": lead.get("created_at"),
        "updated_at_utc": lead["updated_at"],
        "moved_by": email,
        "currency": lead.get("currency"),
        "user_id": user.get("id"),
        "client_folder_id": folder.get("id"),
        "client_folder_name": folder.get("name"),
    }


@app.post("/webhook/<account>")
def webhook(account):
    if not hmac.compare_digest(request.headers.get("Authorization", ""), token):
        return jsonify(status="error", message="unauthorized"), 401
    try:
        row = row_of(request.get_json())
    except (KeyError, TypeError):
        return jsonify(status="error", message="no event"), 400
    connection = psycopg2.connect("")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(INSERT, row)
    finally:
        connection.close()
    return jsonify(status="success", account=account, event=row["id"])
