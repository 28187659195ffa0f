#include "codegen/gates.h"

#include <llvm/IR/IRBuilder.h>

#include "codegen/emit.h"

namespace jitegral::codegen {
namespace {

using llvm::BasicBlock;
using llvm::Value;

llvm::Type* real(llvm::Module& module) { return llvm::Type::getDoubleTy(module.getContext()); }
llvm::Type* pointer(llvm::Module& module) { return llvm::PointerType::get(module.getContext(), 0); }
llvm::Type* word(llvm::Module& module) { return llvm::Type::getInt64Ty(module.getContext()); }

// The C signature of a gate.
llvm::FunctionType* signature(llvm::Module& module, const Gate& gate) {
  llvm::Type* d = real(module);
  llvm::Type* p = pointer(module);
  std::vector<llvm::Type*> arguments(gate.arity, gate.role == Role::batch ? p : d);
  switch (gate.role) {
    case Role::formula:
    case Role::value:
      return llvm::FunctionType::get(d, arguments, false);
    case Role::value_error:
      arguments.push_back(p);
      return llvm::FunctionType::get(d, arguments, false);
    case Role::batch:
      arguments.insert(arguments.end(), {p, word(module)});
      return llvm::FunctionType::get(llvm::Type::getVoidTy(module.getContext()), arguments, false);
    case Role::integrate:
      return llvm::FunctionType::get(d, {d, d, word(module)}, false);
    case Role::quad:
      return llvm::FunctionType::get(d, {d, d, d, d, p}, false);
    case Role::cpu:
      return llvm::FunctionType::get(p, false);
    case Role::columns:
      return llvm::FunctionType::get(llvm::Type::getVoidTy(module.getContext()), {p, p, word(module)}, false);
    case Role::point:
      return llvm::FunctionType::get(d, {p, p}, false);
  }
  llvm_unreachable("a gate without a role");
}

const char* runtime_function(Role role) {
  switch (role) {
    case Role::value:
      return "jtr_value";
    case Role::value_error:
    case Role::point:
      return "jtr_value_error";
    case Role::batch:
    case Role::columns:
      return "jtr_batch";
    case Role::integrate:
      return "jtr_integrate";
    case Role::quad:
      return "jtr_quad";
    default:
      llvm_unreachable("this gate does not call the runtime");
  }
}

// A function under construction.
struct Body {
  llvm::Function* function;
  llvm::IRBuilder<> b;

  Body(llvm::Module& module, llvm::FunctionType* type, const std::string& name)
      : function(llvm::Function::Create(type, llvm::Function::ExternalLinkage, name, module)),
        b(BasicBlock::Create(module.getContext(), "entry", function)) {
    function->setDoesNotThrow();
  }

  Value* call(llvm::Type* result, llvm::StringRef name, const std::vector<Value*>& arguments) {
    std::vector<llvm::Type*> types;
    for (Value* one : arguments) types.push_back(one->getType());
    auto callee =
        function->getParent()->getOrInsertFunction(name, llvm::FunctionType::get(result, types, false));
    return b.CreateCall(callee, arguments);
  }

  void give(Value* value) {
    if (value->getType()->isVoidTy())
      b.CreateRetVoid();
    else
      b.CreateRet(value);
  }

  // The first `count` arguments, in memory one after the other.
  Value* in_memory(std::size_t count, llvm::Type* type) {
    Value* memory = b.CreateAlloca(llvm::ArrayType::get(type, count));
    for (unsigned i = 0; i < count; ++i)
      b.CreateStore(function->getArg(i), b.CreateConstInBoundsGEP1_32(type, memory, i));
    return memory;
  }
};

llvm::Constant* constant(llvm::Module& module, const Word& content) {
  if (const auto* whole = std::get_if<std::uint64_t>(&content))
    return llvm::ConstantInt::get(word(module), *whole);
  if (const auto* number = std::get_if<double>(&content)) return llvm::ConstantFP::get(real(module), *number);
  const std::string& name = std::get<std::string>(content);
  if (name.empty()) return llvm::ConstantPointerNull::get(llvm::PointerType::get(module.getContext(), 0));
  return module.getNamedValue(name);
}

llvm::Type* type_of(llvm::Module& module, const Word& content) {
  if (std::holds_alternative<std::uint64_t>(content)) return word(module);
  return std::holds_alternative<double>(content) ? real(module) : pointer(module);
}

llvm::Type* type_of(llvm::Module& module, const Table& table) {
  if (table.words.empty())
    return llvm::ArrayType::get(llvm::Type::getInt8Ty(module.getContext()), table.text.size() + 1);
  std::vector<llvm::Type*> types;
  for (const Word& content : table.words) types.push_back(type_of(module, content));
  return llvm::StructType::get(module.getContext(), types);
}

llvm::Constant* content_of(llvm::Module& module, const Table& table) {
  if (table.words.empty()) return llvm::ConstantDataArray::getString(module.getContext(), table.text);
  std::vector<llvm::Constant*> words;
  for (const Word& content : table.words) words.push_back(constant(module, content));
  return llvm::ConstantStruct::get(llvm::cast<llvm::StructType>(type_of(module, table)), words);
}

// What a gate does where no version of its code can run.
void refuse(Body& body, const Gate& gate) {
  llvm::Module& module = *body.function->getParent();
  const auto last = [&](int back) { return body.function->arg_end() - back; };
  if (gate.role == Role::batch || gate.role == Role::columns)
    body.give(body.call(body.function->getReturnType(), "jtr_refuse_batch", {last(2), last(1)}));
  else if (gate.role == Role::quad || gate.role == Role::value_error || gate.role == Role::point)
    body.give(body.call(real(module), "jtr_refuse_error", {last(1)}));
  else
    body.give(body.call(real(module), "jtr_refuse", {}));
}

llvm::GlobalVariable* chosen(llvm::Module& module) {
  constexpr const char* name = "jitegral.chosen";
  if (auto* made = module.getNamedGlobal(name)) return made;
  auto* type = word(module);
  return new llvm::GlobalVariable(module, type, false, llvm::GlobalValue::InternalLinkage,
                                  llvm::ConstantInt::get(type, 0), name);
}

// jtr_choose(versions, chosen), unless that was asked before.
Value* choice(Body& body) {
  llvm::Module& module = *body.function->getParent();
  auto& b = body.b;
  auto* choose = BasicBlock::Create(module.getContext(), "choose", body.function);
  auto* go = BasicBlock::Create(module.getContext(), "go", body.function);
  auto* known = b.CreateAlignedLoad(word(module), chosen(module), llvm::Align(8));
  known->setAtomic(llvm::AtomicOrdering::Monotonic);
  BasicBlock* before = b.GetInsertBlock();
  b.CreateCondBr(b.CreateICmpEQ(known, b.getInt64(0)), choose, go);
  b.SetInsertPoint(choose);
  Value* made = body.call(word(module), "jtr_choose", {module.getNamedValue(versions_table), chosen(module)});
  b.CreateBr(go);
  b.SetInsertPoint(go);
  auto* result = b.CreatePHI(word(module), 2);
  result->addIncoming(known, before);
  result->addIncoming(made, choose);
  return result;
}

void name_tables(llvm::Module& module, std::span<const Table> tables) {
  for (const Table& table : tables) {
    auto* made = new llvm::GlobalVariable(module, type_of(module, table), true,
                                          llvm::GlobalValue::InternalLinkage, nullptr, table.name);
    made->setAlignment(llvm::Align(8));
  }
}

void fill_tables(llvm::Module& module, std::span<const Table> tables) {
  for (const Table& table : tables)
    module.getNamedGlobal(table.name)->setInitializer(content_of(module, table));
}

// PyObject* NAME(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* keywords)
void emit_method(llvm::Module& module, const Method& method) {
  llvm::Type* p = pointer(module);
  Body body(module, llvm::FunctionType::get(p, {p, p, word(module), p}, false), method.name);
  body.give(body.call(p, method.callee,
                      {module.getNamedValue(method.table), body.function->getArg(1), body.function->getArg(2),
                       body.function->getArg(3)}));
}

}  // namespace

// All names first, so that tables may refer to each other.
void emit_tables(llvm::Module& module, std::span<const Table> tables) {
  name_tables(module, tables);
  fill_tables(module, tables);
}

void emit_module(llvm::Module& module, const Module& python) {
  name_tables(module, python.tables);
  for (const Method& method : python.methods) emit_method(module, method);
  fill_tables(module, python.tables);
  Body body(module, llvm::FunctionType::get(pointer(module), false), python.entrance);
  body.give(body.call(pointer(module), "jtp_module", {module.getNamedValue(python.table)}));
}

void emit_point(llvm::Module& module, const PointFunction& point) {
  Body body(module, llvm::FunctionType::get(real(module), {pointer(module)}, false), point.name);
  Emitter emitter(body.b);
  std::vector<Value*> values;
  for (unsigned i = 0; i < point.symbols.size(); ++i)
    values.push_back(emitter.splat(body.b.CreateLoad(
        real(module), body.b.CreateConstInBoundsGEP1_32(real(module), body.function->getArg(0), i))));
  Value* y = emitter.formula(point.formula, point.symbols, values);
  body.b.CreateRet(body.b.CreateExtractElement(y, std::uint64_t{0}));
}

void emit_gate(llvm::Module& module, const Gate& gate, const std::string& name) {
  Body body(module, signature(module, gate), name);
  std::vector<Value*> arguments{module.getNamedValue(gate.table)};
  std::size_t passed = 0;
  if (gate.role == Role::value || gate.role == Role::value_error || gate.role == Role::batch) {
    arguments.push_back(
        body.in_memory(gate.arity, gate.role == Role::batch ? pointer(module) : real(module)));
    passed = gate.arity;
  }
  for (auto* argument = body.function->arg_begin() + passed; argument != body.function->arg_end(); ++argument)
    arguments.push_back(argument);
  body.give(body.call(body.function->getReturnType(), runtime_function(gate.role), arguments));
}

void emit_only_version(llvm::Module& module, const Gate& gate, const std::string& cpu) {
  Body body(module, signature(module, gate), gate.name);
  body.give(body.b.CreateGlobalString(cpu, gate.name + ".name"));
}

void emit_dispatch(llvm::Module& module, const Gate& gate, std::span<const std::string> versions) {
  llvm::FunctionType* type = signature(module, gate);
  Body body(module, type, gate.name);
  if (gate.role == Role::cpu) {
    body.give(body.call(pointer(module), "jtr_cpu", {module.getNamedValue(versions_table), chosen(module)}));
    return;
  }
  Body refusal(module, type, gate.name + ".refused");
  refusal.function->setLinkage(llvm::GlobalValue::InternalLinkage);
  refuse(refusal, gate);
  std::vector<llvm::Constant*> functions{llvm::ConstantPointerNull::get(body.b.getPtrTy())};
  for (const std::string& name : versions) functions.push_back(module.getFunction(name));
  functions.push_back(refusal.function);
  auto* table_type = llvm::ArrayType::get(pointer(module), functions.size());
  auto* table =
      new llvm::GlobalVariable(module, table_type, true, llvm::GlobalValue::InternalLinkage,
                               llvm::ConstantArray::get(table_type, functions), gate.name + ".versions");
  Value* slot = body.b.CreateInBoundsGEP(pointer(module), table, choice(body));
  std::vector<Value*> arguments;
  for (llvm::Argument& argument : body.function->args()) arguments.push_back(&argument);
  auto* call = body.b.CreateCall(type, body.b.CreateLoad(pointer(module), slot), arguments);
  call->setTailCall();
  body.give(call);
}

}  // namespace jitegral::codegen
