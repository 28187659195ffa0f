# expect error W701, exit 1
"$JITEGRAL" 'f(t) = log(t - 5)' 'integrate(3 + sqrt(x - 4)*x, 2, 6, n_iter = 4)' 'integrate(f, 2, 6, n_iter = 4)'
