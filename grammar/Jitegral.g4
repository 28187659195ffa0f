// The grammar of one statement; src/syntax cuts a text into statements before it comes here.
// Names are not resolved: what `integrate` or `simpson` means is not the grammar's business.
// Alternatives of expr stand from the tightest to the loosest binding. Every decision
// needs one token only, so that an error is found, and SLL prediction is exact, at the first token that does not fit;
// what may stand left of `=` is checked when the tree is built.
grammar Jitegral;

statement : (plot='plot' inputs=arguments loops+=loop* | value (equals='=' value | loops+=loop*)) EOF ;

loop : keyword='for' variable=name 'in' (range ('step' step=expr)? | list) ;

value : expr (dots='..' expr)? | list ;

range : expr dots='..' expr ;

list : open='[' (items+=expr (',' items+=expr)*)? close=']' ;

arguments : items+=argument (',' items+=argument)* ;

argument : value (equals='=' value)? ;

name : NAME | IN | STEP ;

expr
    : open='(' expr close=')'                                  # group
    | word=name ('(' inputs=arguments close=')')?              # nameOrCall
    | digits=NUMBER point='.'?                                 # number
    | mark='%' digits=NUMBER                                   # result
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

FOR : 'for' ;
IN : 'in' ;
STEP : 'step' ;
PLOT : 'plot' ;

// `1.` is a NUMBER and a point for the parser: `0.` here would swallow the first point of `0..pi`.
NUMBER : DIGITS ('.' DIGITS)? EXPONENT? | DIGITS '.' EXPONENT | '.' DIGITS EXPONENT? ;
fragment DIGITS : [0-9]+ ('_' [0-9]+)* ;
fragment EXPONENT : [eE] [+-]? DIGITS ;

// The same ranges stand in src/syntax/letters.cpp; a test compares them.
NAME : LETTER (LETTER | MARK)* ;
fragment LETTER
    : [a-zA-Z_]
    | [\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02AF]      // Latin
    | [\u0370-\u0373\u0376\u0377\u037B-\u037D\u037F\u0386\u0388-\u03FF] // Greek
    | [\u0400-\u0481\u048A-\u052F\u0531-\u0556\u0561-\u0587]            // Cyrillic, Armenian
    | [\u05D0-\u05EA\u0620-\u064A\u0904-\u0939]                         // Hebrew, Arabic, Devanagari
    | [\u10A0-\u10C5\u10D0-\u10FA\u1E00-\u1FBC]                         // Georgian, Latin and Greek with marks
    | [\u2102\u210A-\u2113\u2115\u2119-\u211D\u2124\u2128\u212C\u212D\u212F-\u2139\u221E] // letter-like, infinity
    | [\u3041-\u3096\u30A1-\u30FA\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3] // kana, ideographs, hangul
    | [\u{1D400}-\u{1D7CB}]                                             // mathematical letters
    ;
fragment MARK : [0-9\u0300-\u036F\u2032-\u2034\u2080-\u2089] ;          // digits, accents, primes, subscripts

COMMENT : '#' ~[\n]* -> skip ;
SPACE : [ \t\r\n\u000B\u000C\u0085\u00A0\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF]+ -> skip ;
ERROR_CHAR : . ;
