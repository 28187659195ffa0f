# expect error E403
{ yes "(" | head -n 300; echo 1; yes ")" | head -n 300; } | tr -d "\n" | "$JITEGRAL"
