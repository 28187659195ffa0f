// The grammar of one statement; src/syntax cuts a text into statements, and a statement into the tokens of
// JitegralTokens.tokens, before it comes here.
// Names are not resolved: what `integrate` or `simpson` means is not the grammar's business.
// Alternatives of expr stand from the tightest to the loosest binding. Every decision
// needs one token only, so that an error is found, and SLL prediction is exact, at the first token that does not fit;
// what may stand left of `=` is checked when the tree is built.
parser grammar JitegralParser;

options { tokenVocab = JitegralTokens; }

statement : (plot='plot' inputs=arguments loops+=loop* | value (equals='=' value | loops+=loop*)) EOF ;

loop : keyword='for' variable=(NAME | IN | STEP) 'in' (range ('step' step=expr)? | list) ;

value : expr (dots='..' expr)? | list ;

range : expr dots='..' expr ;

list : '[' (items+=expr (',' items+=expr)*)? ']' ;

arguments : items+=argument (',' items+=argument)* ;

argument : value (equals='=' value)? ;

expr
    : '(' expr ')'                                             # group
    | (NAME | IN | STEP) ('(' inputs=arguments ')')?           # nameOrCall
    | NUMBER                                                   # number
    | '%' NUMBER                                               # result
    | <assoc=right> expr op=('^' | '**') expr                  # power
    | op=('+' | '-') expr                                      # sign
    | expr op=('*' | '/' | '%') expr                           # product
    | expr op=('+' | '-') expr                                 # sum
    | expr op=('<' | '<=' | '==' | '!=' | '>=' | '>') expr     # comparison
    | op=('not' | '!') expr                                    # negation
    | expr op=('and' | '&&') expr                              # conjunction
    | expr op=('or' | '||') expr                               # disjunction
    | <assoc=right> expr op='?' expr ':' expr                  # conditional
    ;
