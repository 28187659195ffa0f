# expect error E405
before=$(yes "integrate(" | head -n 17 | tr -d "\n")
after=$(seq 1 17 | sed "s/.*/, x& = 0..1)/" | tr -d "\n")
"$JITEGRAL" "${before}1$after"
