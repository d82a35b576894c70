from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "simpul.messages"
    label = "outbox"  # "messages" is Django's own
