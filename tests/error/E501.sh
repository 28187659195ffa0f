# expect error E501
"$JITEGRAL" --cpu nonsense 1
