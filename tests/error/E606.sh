# expect error E606
"$JITEGRAL" help E999
