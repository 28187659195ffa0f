# expect error E607, exit 0
# settings are changed in the conversation only, so a terminal is needed; it is copied to standard error
NO_COLOR=1 python3 -c "
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
os.write(terminal, b\":set tol 7\n:quit\n\")
try:
  while data := os.read(terminal, 4096): os.write(2, data)
except OSError: pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
" "$JITEGRAL"
