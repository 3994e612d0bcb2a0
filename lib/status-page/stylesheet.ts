/** The page's only stylesheet. Colours keep 4.5:1 for text and 3:1 for marks in both themes. */
export const stylesheet = `:root{color-scheme:light dark;--bg:light-dark(oklch(.98 .002 106),oklch(.168 .008 245));--surface:light-dark(oklch(1 0 0),oklch(.205 .01 245));--line:light-dark(oklch(.918 .004 106),oklch(.275 .011 245));--text:light-dark(oklch(.23 .012 255),oklch(.93 .005 245));--muted:light-dark(oklch(.46 .011 255),oklch(.75 .009 245));--accent:light-dark(oklch(.47 .105 237),oklch(.77 .105 237));--ok:light-dark(oklch(.6 .125 158),oklch(.73 .13 160));--ok-text:light-dark(oklch(.45 .1 158),oklch(.78 .13 160));--warn:light-dark(oklch(.655 .15 62),oklch(.8 .14 76));--warn-text:light-dark(oklch(.48 .115 58),oklch(.8 .14 76));--warn-soft:light-dark(oklch(.965 .035 85),oklch(.28 .045 75));--part:light-dark(oklch(.6 .18 45),oklch(.74 .16 50));--part-text:light-dark(oklch(.48 .15 42),oklch(.76 .15 50));--part-soft:light-dark(oklch(.955 .03 55),oklch(.28 .055 45));--bad:light-dark(oklch(.545 .205 27),oklch(.705 .175 25));--bad-text:light-dark(oklch(.48 .19 27),oklch(.75 .15 25));--bad-soft:light-dark(oklch(.955 .022 25),oklch(.27 .06 25));--work:light-dark(oklch(.58 .13 245),oklch(.74 .12 240));--work-text:light-dark(oklch(.45 .12 245),oklch(.78 .11 240));--none:light-dark(oklch(.64 .008 245),oklch(.55 .012 245))}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
html{background:var(--bg);color:var(--text);font:15px/1.5 Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Apple SD Gothic Neo","Malgun Gothic","Noto Sans CJK KR","Noto Sans KR",sans-serif;-webkit-text-size-adjust:100%}
html:lang(ko){word-break:keep-all}
body{margin:0 auto;max-width:48rem;padding:1.5rem 1rem 3rem}
a{color:var(--accent)}a,summary{border-radius:2px}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}main:focus{outline:none}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--surface);padding:.4rem .8rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:baseline;justify-content:space-between;margin-bottom:1.25rem}
.name{margin:0;font-size:1.2rem;font-weight:650;overflow-wrap:anywhere}nav{display:flex;gap:1rem}nav a{padding:.15rem 0}
h1,h2,h3,p{margin:0}h1{font-size:1.3rem;line-height:1.3;overflow-wrap:anywhere}h2{font-size:1rem;margin:1.75rem 0 .6rem}h3{font-size:1rem;font-weight:600;overflow-wrap:anywhere}
h2.quiet{position:absolute;left:-99rem}
.banner{display:flex;gap:.8rem;border:1px solid var(--line);border-radius:7px;background:var(--surface);padding:1rem 1.1rem;margin-bottom:1.25rem}
.banner .mark{flex:none;width:1rem;height:1rem;margin-top:.35rem}.banner p{color:var(--muted);margin-top:.15rem}
.b-degraded{background:var(--warn-soft);border-color:var(--warn)}.b-partial{background:var(--part-soft);border-color:var(--part)}.b-major{background:var(--bad-soft);border-color:var(--bad)}.b-degraded p,.b-partial p,.b-major p{color:var(--text)}
.b-no-data{border:2px dashed var(--none)}
.card{list-style:none;margin:0;padding:0;background:var(--surface);border:1px solid var(--line);border-radius:7px}
.card>li{padding:.9rem 1.1rem .7rem}.card>li+li{border-top:1px solid var(--line)}
.top{display:flex;flex-wrap:wrap;gap:.1rem .55rem;align-items:baseline}.top .mark{align-self:center}.uptime{margin-left:auto;color:var(--muted);font-variant-numeric:tabular-nums;font-size:.87rem}
.muted,.rule,.ends,footer,time{color:var(--muted)}.rule,footer{font-size:.87rem;margin-top:.7rem}
.bars{display:block;width:100%;height:34px;margin:.5rem 0 .1rem}
.ends{display:flex;justify-content:space-between;font-size:.8rem}
.s-operational{color:var(--ok)}.s-degraded{color:var(--warn)}.s-partial{color:var(--part)}.s-major{color:var(--bad)}.s-maintenance{color:var(--work)}.s-no-data{color:var(--none)}
.state{font-size:.93rem}.state.s-operational{color:var(--ok-text)}.state.s-degraded{color:var(--warn-text)}.state.s-partial{color:var(--part-text)}.state.s-major{color:var(--bad-text)}.state.s-maintenance{color:var(--work-text)}.state.s-no-data{color:var(--muted)}
.f-operational{fill:var(--ok);opacity:.72}.f-degraded{fill:var(--warn)}.f-partial{fill:var(--part)}.f-major{fill:var(--bad)}.f-maintenance{fill:var(--work)}.f-no-data{fill:var(--none);opacity:.6}
details{margin-top:.2rem;font-size:.87rem}summary{cursor:pointer;color:var(--muted);width:fit-content}details ol{list-style:none;margin:.4rem 0 0;padding:0}details li{padding:.1rem 0}details b{font-weight:500;margin-right:.4rem;font-variant-numeric:tabular-nums}
article{border-left:3px solid var(--line);padding:.1rem 0 .1rem .9rem;margin:.6rem 0 1.1rem}article.open{border-color:var(--warn)}article.planned{border-color:var(--work)}article p{overflow-wrap:anywhere;white-space:pre-line}article>.muted{font-size:.87rem;white-space:normal}
article ol{list-style:none;margin:.5rem 0 0;padding:0}article li{margin:.5rem 0}article li b{margin-right:.35rem;font-weight:600}article time{font-variant-numeric:tabular-nums}article li time{font-size:.87rem}
footer{border-top:1px solid var(--line);padding-top:.8rem;margin-top:2rem}
@media (forced-colors:active){.bars path{fill:CanvasText;opacity:1}.mark{color:CanvasText}}
@media print{nav,footer,details,.skip{display:none}body{max-width:none;padding:0}.card>li,article{break-inside:avoid}.bars path{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
