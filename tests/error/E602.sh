# expect error E602
"$JITEGRAL" compile "f(x) = x" -o no/such/folder/f.o
