// Airy functions: Taylor series about tabulated whole numbers for |x| <= 10, asymptotic series (NIST
// DLMF 9.7) outside. In the wider type throughout.
#include "functions/special_airy.h"

#include <array>
#include <cmath>
#include <numbers>

#include "functions/special.h"
#include "functions/special_policy.h"

namespace jitegral::special {
namespace {

constexpr Real pi_wide = std::numbers::pi_v<Real>;

// At -10, -9, ..., 10; printed by Arb to 22 digits.
constexpr std::array<Airy, 21> airy_table = {{
    {0.04024123848644319068943L, 0.9962650441327900559046L, -0.3146798296438386331618L,
     0.1194141133999092382775L},
    {-0.02213372154734140367417L, -0.9756639809263315947127L, 0.3249473234552449179194L,
     -0.05740051384366925439265L},
    {-0.05270505035638620262208L, 0.9355609381983065510255L, -0.3312515807511378599699L,
     -0.1594504978129813893499L},
    {0.1842808352505056372799L, -0.7710081684101265477313L, 0.2937620718544140201236L,
     0.4982445900581134887461L},
    {-0.3291451736298231052314L, 0.3459354872813428949298L, -0.1466983766705570378753L,
     -0.8128987851050670004247L},
    {0.3507610090241143197880L, 0.3271928185544431367949L, -0.1383691349016005768500L,
     0.7784117730018992460944L},
    {-0.07026553294928951509908L, -0.7906285753685813802965L, 0.3922347057069992895545L,
     -0.1166705674383408936796L},
    {-0.3788142936776580743472L, 0.3145837692165988136508L, -0.1982896263749265432206L,
     -0.6756112226852585376680L},
    {0.2274074282016855759919L, 0.6182590207416910414063L, -0.4123025879563984880832L,
     0.2787951669211695226851L},
    {0.5355608832923521187995L, -0.01016056711664520939505L, 0.1039973894969446118887L,
     0.5923756264227923508168L},
    {0.3550280538878172392601L, -0.2588194037928067984052L, 0.6149266274460007351509L,
     0.4482883573538263579148L},
    {0.1352924163128814155241L, -0.1591474412967932127875L, 1.207423594952871259436L,
     0.9324359333927756329595L},
    {0.03492413042327437913532L, -0.05309038443365363170400L, 3.298094999978214710281L,
     4.100682049932889889382L},
    {0.006591139357460719144257L, -0.01191297670595131847376L, 14.03732896373023203174L,
     22.92221496638217018510L},
    {0.0009515638512048018736215L, -0.001958640950204178900138L, 83.84707140846813992258L,
     161.9266835046134018431L},
    {0.0001083444281360744173499L, -0.0002474138908684624760002L, 657.7920441711711824411L,
     1435.819080217982518672L},
    {9.947694360252889570239e-6L, -2.476520039703495475418e-5L, 6536.446104809863453758L,
     15725.60262193047683942L},
    {7.492128863997167080771e-7L, -2.008150894738791991169e-6L, 80327.79070943024700539L,
     209552.6708739713195060L},
    {4.692207616099231625649e-8L, -1.341439297906786574291e-7L, 1199586.004124459930882L,
     3354342.312744538876508L},
    {2.471168430872489843289e-9L, -7.480641389658946412760e-9L, 21472868.89143534909337L,
     63807489.78090821385451L},
    {1.104753255289868593355e-10L, -3.520633676738923636621e-10L, 455641153.5482251409998L,
     1429236134.482865776119L},
}};

// y'' = x y gives the Taylor coefficients of a solution one after another.
void airy_taylor(Real centre, Real h, Real& y, Real& dy) {
  Real before = 0;
  Real a = y;
  Real next = dy;
  Real power = 1;  // h^k
  y = 0;
  dy = 0;
  for (int k = 0; k < 28; ++k) {
    y += a * power;
    dy += static_cast<Real>(k + 1) * next * power;
    const Real later = (centre * a + before) / static_cast<Real>((k + 1) * (k + 2));
    before = a;
    a = next;
    next = later;
    power *= h;
  }
}

Airy airy_near(Real x) {
  const Real centre = std::round(x);
  Airy y = airy_table[static_cast<std::size_t>(centre + 10)];
  airy_taylor(centre, x - centre, y.ai, y.dai);
  airy_taylor(centre, x - centre, y.bi, y.dbi);
  return y;
}

// Sums of u_k/xi^k and v_k/xi^k over even and odd k (DLMF 9.7.2), with alternating signs inside each if
// asked.
struct AirySums {
  Real u_even = 1, u_odd = 0, v_even = 1, v_odd = 0;
};

AirySums airy_sums(Real xi, bool alternating) {
  AirySums s;
  Real u = 1;
  for (int k = 1; k < 40 && std::fabs(u) > 1e-20L; ++k) {
    const Real six_k = 6 * static_cast<Real>(k);
    const Real ratio =
        (six_k - 5) * (six_k - 3) * (six_k - 1) / (216 * k * (2 * static_cast<Real>(k) - 1) * xi);
    if (ratio > 1) break;
    u *= k % 2 == 0 && alternating ? -ratio : ratio;
    const Real v = u * (six_k + 1) / (1 - six_k);
    (k % 2 == 0 ? s.u_even : s.u_odd) += u;
    (k % 2 == 0 ? s.v_even : s.v_odd) += v;
  }
  return s;
}

Airy airy_right(Real root, Real xi) {
  const AirySums s = airy_sums(xi, false);
  const Real fall = std::exp(-xi) / (2 * std::sqrt(pi_wide));
  const Real rise = std::exp(xi) / std::sqrt(pi_wide);
  return {fall / root * (s.u_even - s.u_odd), -fall * root * (s.v_even - s.v_odd),
          rise / root * (s.u_even + s.u_odd), rise * root * (s.v_even + s.v_odd)};
}

Airy airy_left(Real root, Real xi) {
  const AirySums s = airy_sums(xi, true);
  const Real cosine = std::cos(xi - pi_wide / 4);
  const Real sine = std::sin(xi - pi_wide / 4);
  const Real low = 1 / (std::sqrt(pi_wide) * root);
  const Real high = root / std::sqrt(pi_wide);
  return {low * (cosine * s.u_even + sine * s.u_odd), high * (sine * s.v_even - cosine * s.v_odd),
          low * (cosine * s.u_odd - sine * s.u_even), high * (cosine * s.v_even + sine * s.v_odd)};
}

Airy airy_far(Real x, Real xi) {
  const Real root = std::sqrt(std::sqrt(std::fabs(x)));
  return x > 0 ? airy_right(root, xi) : airy_left(root, xi);
}

Airy airy_at(Real x) {
  const Real size = std::fabs(x);
  return jitegral::special::airy(x, 2 * size * std::sqrt(size) / 3);
}

}  // namespace

Airy airy(Real x, Real xi) { return std::fabs(x) <= 10 ? airy_near(x) : airy_far(x, xi); }

}  // namespace jitegral::special

using namespace jitegral::special;

double jts_airyai(double x) {
  if (std::isinf(x)) return 0;
  return std::isnan(x) ? x : static_cast<double>(airy_at(x).ai);
}

double jts_airybi(double x) {
  if (std::isinf(x)) return x > 0 ? inf : 0;
  return std::isnan(x) ? x : static_cast<double>(airy_at(x).bi);
}
