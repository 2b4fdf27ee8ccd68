import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCss } from '../../../src/core/brand/css-check.ts';

const SCOPE = '#portal-page';

describe('a style sheet of the operator', () => {
  test.each([
    ['.card{color:red}', `${SCOPE} .card{color:red}\n`],
    ['.card , h1 { color : red ; ; }', `${SCOPE} .card,${SCOPE} h1{color:red}\n`],
    ['body{background:#fff}', '#portal-page{background:#fff}\n'],
    ['html body > main{margin:0}', '#portal-page > main{margin:0}\n'],
    [':root{--gap:4px}', '#portal-page{--gap:4px}\n'],
    ['body.dark a:hover::after{content:"\\201C"}', '#portal-page.dark a:hover::after{content:"\\201C"}\n'],
    ['a:not(.x, :has(> b)){color:red!important}', `${SCOPE} a:not(.x, :has(> b)){color:red!important}\n`],
    ['[href^="x;}"] li:nth-child(2n+1){top:-.5em}', `${SCOPE} [href^="x;}"] li:nth-child(2n+1){top:-.5em}\n`],
    ['@media (width >= 600px){a{top:calc(1px + 2%)}}', `@media (width >= 600px){${SCOPE} a{top:calc(1px + 2%)}\n}\n`],
    ['@keyframes up{from{top:0}50.5%{top:1px}}', '@layer operator{@keyframes up{from{top:0}\n50.5%{top:1px}\n}}\n'],
    ['a{background:url("data:image/png;base64,AA==")}', `${SCOPE} a{background:url("data:image/png;base64,AA==")}\n`],
    ['a{background:url(data:image/png;base64,AA==)}', `${SCOPE} a{background:url(data:image/png;base64,AA==)}\n`],
    ['a/* x } */b{color:red}', `${SCOPE} a/**/b{color:red}\n`],
    ['', ''],
  ])('%s stays, below the page', (css, shown) => {
    expect(checkCss(css)).toEqual({ css: shown, problems: [] });
  });

  test.each([
    ['@import "https://evil.example/a.css";', 'at_rule'],
    ['@import url(data:text/css,*{});', 'at_rule'],
    ['@IMPORT "a";', 'at_rule'],
    ['@charset "utf-8";', 'at_rule'],
    ['@namespace svg url(http://x);', 'at_rule'],
    ['@font-face{font-family:x;src:url(https://evil.example/f)}', 'at_rule'],
    ['@layer a,b;', 'at_rule'],
    ['@scope (html){a{color:red}}', 'at_rule'],
    ['@property --x{syntax:"*";inherits:false}', 'at_rule'],
    ['@\\69mport "a";', 'character'],
    ['a{background:url(https://evil.example/?x)}', 'url'],
    ['a{background:URL( "//evil.example" )}', 'url'],
    ['a{background:url(data:text/html,x)}', 'url'],
    ['a{background:url("data:image/png;base64,AA=="', 'url'],
    ['a{background:u\\72l(https://evil.example)}', 'character'],
    ['a{background:image-set("https://evil.example/a" 1x)}', 'function'],
    ['a{background:-webkit-image-set("x" 1x)}', 'function'],
    ['a{background:src("https://evil.example")}', 'function'],
    ['a{background:cross-fade("x","y")}', 'function'],
    ['a{background:element(#x)}', 'function'],
    ['a{background:paint(x)}', 'function'],
    ['a{width:expression(alert(1))}', 'function'],
    ['a{width:ex/**/pression(alert(1))}', 'function'],
    ['a{behavior:url(#x)}', 'property'],
    ['a{-moz-binding:url(data:image/png;x)}', 'property'],
    ['a{filter:progid:DXImageTransform.Microsoft.Alpha(opacity=0)}', 'declaration'],
    ['a{--x:url(https://evil.example)}', 'url'],
    ['a{--x:{b:c}}', 'nesting'],
    ['a{color:red}</style><script>alert(1)</script>', 'character'],
    ['<!-- a{color:red} -->', 'character'],
    ['#impersonation-banner{display:none}', 'banner'],
    ['.Impersonation{display:none}', 'banner'],
    ['[class*="impersonat"]{display:none}', 'banner'],
    ['body ~ div{display:none}', 'selector'],
    ['body + *{display:none}', 'selector'],
    ['html~*{display:none}', 'selector'],
    ['~ div{display:none}', 'selector'],
    ['+ div{display:none}', 'selector'],
    ['a,{display:none}', 'selector'],
    ['a > {display:none}', 'selector'],
    ['&{color:red}', 'selector'],
    [':host(x){color:red}', 'selector'],
    [':is(a{color:red}', 'selector'],
    ['a){color:red}', 'selector'],
    ['[x{color:red}', 'selector'],
    ['a{b{color:red}}', 'nesting'],
    ['a{&:hover{color:red}}', 'nesting'],
    ['a{color}', 'declaration'],
    ['a{color:}', 'declaration'],
    ['a{color:red', 'unclosed'],
    ['a{content:"x\n"}', 'unclosed'],
    ['a{} /* ', 'unclosed'],
    ['a{color:rgb(1,2,3}', 'declaration'],
    ['a;', 'declaration'],
    ['a', 'unclosed'],
    ['}', 'declaration'],
    ['a{color:red}\u0000', 'character'],
    ['@media (x:url(https://evil.example)){a{color:red}}', 'url'],
    ['@media a{@media b{@media c{@media d{@media e{a{color:red}}}}}}', 'at_rule'],
    ['@keyframes impersonation{@media x{from{top:0}}}', 'selector'],
  ])('%s is refused and never shown', (css, code) => {
    const { problems, css: shown } = checkCss(css);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(shown).not.toMatch(/evil|import|script|impersonation-banner|</i);
  });

  test('a problem is told with its line, and the rules around it stay', () => {
    const { css, problems } = checkCss('a{color:red}\n\n/* two\nlines */\nb{behavior:x}\r\ni{top:0}');
    expect(problems).toEqual([{ code: 'property', line: 5, text: 'behavior' }]);
    expect(css).toBe(`${SCOPE} a{color:red}\n${SCOPE} i{top:0}\n`);
  });

  test('whatever is sent, every rule that comes out stands below the page, its brackets close, and it loads nothing', () => {
    const piece = fc.constantFrom(
      ...['a', '.b', '#c', '{', '}', '(', ')', '[', ']', ':', ';', ',', '>', '~', '+', '*', '&', ' ', '\n', '"', "'"],
      ...['@media', '@import', '@keyframes', 'url(', 'url(data:image/png,x)', 'https://evil', '/*', '*/', '\\', '!'],
      ...['body', ':root', 'html', 'color', 'red', '--x', 'is(', 'not(', '5px', '50%', 'from', '<', '|', 'é'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { css } = checkCss(pieces.join(''));
        for (const line of css.split('\n').filter((text) => text.includes('{') && !text.startsWith('@')))
          expect(line).toMatch(/^(?:#portal-page|from|to|50%)/);
        expect(css.split('{').length).toBe(css.split('}').length);
        expect(css).not.toMatch(/url\((?!["']?data:image)|@import|\\/);
      }),
      { numRuns: 3_000 },
    );
  });

  test('the longest sheet is read in a moment, however it is built', () => {
    for (const unit of ['a{', 'a,', '(', '/*', ':is(', 'a{color:red}', '@media x{', '"', '[', 'a '])
      expect(checkCss(unit.repeat(20_000 / unit.length))).toBeDefined();
  });
});
