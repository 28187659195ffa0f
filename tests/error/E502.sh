# expect error E502
# xop and fma4 died with this cpu
"$JITEGRAL" --cpu bdver2 1
