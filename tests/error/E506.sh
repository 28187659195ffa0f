# expect error E506
CC=false "$JITEGRAL" compile 'f(x) = x' -o f.so
