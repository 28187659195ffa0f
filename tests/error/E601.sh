# expect error E601
"$JITEGRAL" -f does_not_exist.jtg
