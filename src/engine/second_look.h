// Reasons to doubt a convergence that the panels themselves do not see.
#pragma once

#include <vector>

#include "engine/panels.h"

namespace jitegral::engine {

// Neighbours must agree where they meet. A panel looks no closer to its ends than its outermost nodes (21
// points: 0.2 % of its length); a kink or a jump in there leaves both polynomials smooth, but they come to
// different values at the common end. The difference, where it is more than the polynomials may be wrong,
// times what is not looked at is added to the errors of both. Panels from left to right. True if an error was
// raised. Costs no evaluations.
bool compare_neighbours(std::vector<Panel>& panels);

// The panels of the second look at a panel, not evaluated. They divide it where neither its own nodes nor
// those of its halves lie close together, into at least two and so many that they could find what is shorter
// than `whole` by some 300 times. Towards ends where f may jump (nobody compares neighbours there) they get
// shorter and shorter.
std::vector<Panel> divide_again(const Panel& panel, double whole, bool break_at_a, bool break_at_b);

// Takes in what those found. True if they contradict the panel's error, which is raised then.
bool compare(Panel& panel, const std::vector<Panel>& pieces);

// The children's errors are raised if the series of changes, of which the last two are the panel's and the
// children's, goes to zero too slowly for the children's own estimates to be true.
void extrapolate_changes(const Panel& panel, Panel& lower, Panel& upper);

}  // namespace jitegral::engine
