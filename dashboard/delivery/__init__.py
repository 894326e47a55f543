"""Sending alerts: messages for chats, mail and files, tried with limits; nothing is lost where a channel fails."""
