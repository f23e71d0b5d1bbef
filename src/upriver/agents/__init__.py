"""What an agent can ask of Upriver, by the Model Context Protocol over standard input and output.

`tools.py` names the tools with what each takes; one file answers each; `limits.py` holds what a
call may cost; `server.py` speaks the protocol, and is alone in importing its SDK (extra `mcp`).
"""
