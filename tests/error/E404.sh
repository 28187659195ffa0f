# expect error E404
terms=$(seq 1 3000 | sed "s/.*/ + sin(&*x)/" | tr -d "\n")
echo "integrate(x$terms, 0, 1)" | "$JITEGRAL"
