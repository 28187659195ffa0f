// Special functions as plain scalar calls, for rows whose lowering is `call`. Accuracy stands in the table.
// Outside its domain a function gives nan; at a pole the limit (an infinity) or nan. Never throws.
// Thread-safe.
#pragma once

extern "C" {
double jts_erfinv(double x);
double jts_gamma(double x);
double jts_lgamma(double x);
double jts_digamma(double x);
double jts_beta(double a, double b);
double jts_zeta(double s);
double jts_Si(double x);
double jts_Ci(double x);
double jts_Ei(double x);
double jts_besselj(double n, double x);
double jts_bessely(double n, double x);
double jts_besseli(double n, double x);
double jts_besselk(double n, double x);
double jts_airyai(double x);
double jts_airybi(double x);
double jts_lambertw(double x);
double jts_ellipk(double m);
double jts_ellipe(double m);
double jts_polylog(double s, double x);
}
