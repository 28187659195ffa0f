// The classic loop in long double with compensation: what the others' sums are checked against. It times nothing.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  char line[64];
  while (fgets(line, sizeof line, stdin) != NULL) {
    const int n = atoi(line);
    const double step = 1.5707963267948966 / n;
    long double total = 0;
    long double lost = 0;
    for (int i = 0; i < n; ++i) {
      const long double x = (long double)i * step;
      const long double y = (TERM)-lost;
      const long double sum = total + y;
      lost = (sum - total) - y;
      total = sum;
    }
    printf("%.17Lg\t0\n", total * step);
    fflush(stdout);
  }
  return 0;
}
