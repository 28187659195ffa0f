#include "api/evaluation.h"

namespace jitegral {

std::optional<Outcome> Evaluation::known(const Expr& integral) {
  if (before_ != nullptr)
    if (auto found = before_->find(integral); found != before_->end()) return found->second;
  const std::scoped_lock lock(mutex_);
  if (auto found = found_.find(integral); found != found_.end()) return found->second;
  return std::nullopt;
}

void Evaluation::remember(const Expr& integral, const Outcome& outcome) {
  const std::scoped_lock lock(mutex_);
  found_.emplace(integral, outcome);
}

void Evaluation::blame(Trouble trouble) {
  const std::scoped_lock lock(mutex_);
  if (!troubled_.exchange(true)) trouble_ = std::move(trouble);
}

std::optional<Trouble> Evaluation::take_trouble() {
  const std::scoped_lock lock(mutex_);
  troubled_ = false;
  return std::exchange(trouble_, std::nullopt);
}

void Evaluation::fail(Diagnostic mistake) {
  const std::scoped_lock lock(mutex_);
  if (!failed_.exchange(true)) mistake_ = std::move(mistake);
}

Expected<void> Evaluation::outcome() {
  if (!failed_) return {};
  const std::scoped_lock lock(mutex_);
  return std::unexpected(*mistake_);
}

}  // namespace jitegral
