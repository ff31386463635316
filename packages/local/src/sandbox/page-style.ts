/** The hosted page's style sheet: the product's colour roles, light and dark by the system's setting. */
export const STYLE = `
:root{color-scheme:light dark;--canvas:#f3f6f7;--surface:#fff;--sunken:#f7f9fa;--line:#dfe5e6;--strong:#c3cbce;--control:#838e91;
--fg:#172023;--fg2:#424e52;--fg3:#5c676a;--solid:#fff;--brand:#007585;--hover:#00626f;--brandfg:#006472;--soft:#e3f4f7;
--warnfg:#774e00;--warnsoft:#fdf1de;--warnline:#e3b569;--badfg:#a8181b;--badsoft:#ffefed;--badline:#efa199;--bad:#c9302d;--goodfg:#02633f;--good:#0a7f56}
@media(prefers-color-scheme:dark){:root{--canvas:#0a0f11;--surface:#10171a;--sunken:#0c1214;--line:#232e32;--strong:#37444a;--control:#6d7a7f;
--fg:#e7edef;--fg2:#b4bfc3;--fg3:#8e9a9f;--solid:#051114;--brand:#41b4c8;--hover:#5cc6d8;--brandfg:#67cadb;--soft:#0c2c33;
--warnfg:#ecb65c;--warnsoft:#2e220d;--warnline:#74521a;--badfg:#ff9c91;--badsoft:#371816;--badline:#86352f;--bad:#f0685e;--goodfg:#6fd3a2;--good:#3fae7d}}
*,::before{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;background:var(--canvas);color:var(--fg);text-autospace:normal;
font:0.875rem/1.375rem -apple-system,BlinkMacSystemFont,"Segoe UI","PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",sans-serif;
font-variant-numeric:tabular-nums lining-nums}
h1,h2,p,ul{margin:0;padding:0}
a{color:var(--brandfg);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--brandfg);outline-offset:2px}
.strip{background:var(--warnsoft);color:var(--warnfg);border-bottom:1px solid var(--warnline)}
.strip>div{max-width:60rem;margin:0 auto;min-width:0;padding:0.625rem 1.25rem;display:flex;gap:0.25rem 0.75rem;align-items:center;flex-wrap:wrap}
.plate{background:var(--warnfg);color:var(--warnsoft);font-weight:600;padding:0.0625rem 0.75rem 0.0625rem 0.5rem;clip-path:polygon(0 0,calc(100% - 6px) 0,100% 6px,100% 100%,0 100%)}
.langs{margin-left:auto;display:flex;gap:0.25rem}
.strip span{order:1;flex-basis:100%}
.langs a{color:inherit;min-width:2.5rem;min-height:1.75rem;padding:0.1875rem 0.5rem;text-align:center;border:1px solid transparent;border-radius:4px}
.langs a[aria-current]{border-color:var(--warnline);font-weight:600}
main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 3rem}
.panes{display:grid;grid-template-columns:minmax(0,1fr);border:1px solid var(--line);background:var(--surface)}
.pane{padding:1.5rem}
.pane+.pane{border-top:1px solid var(--line)}
.label{font-size:0.75rem;line-height:1.125rem;font-weight:400;color:var(--fg3)}
.merchant{font-size:1.25rem;line-height:1.75rem;font-weight:600;overflow-wrap:anywhere}
.sum{font-size:2rem;line-height:2.5rem;font-weight:600;margin:0.75rem 0 1.25rem}
.lines{list-style:none;border-top:1px solid var(--line)}
.until+.lines{margin-top:1.25rem}
h2.merchant{margin-bottom:1rem}
.lines li{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding:0.625rem 0;border-bottom:1px solid var(--line)}
.lines .name{overflow-wrap:anywhere}
.lines .note{grid-column:1;color:var(--fg3);font-size:0.8125rem;line-height:1.25rem;overflow-wrap:anywhere}
.total{display:flex;justify-content:space-between;padding-top:0.75rem;font-weight:600;font-size:1rem;line-height:1.5rem}
.until{text-autospace:no-autospace;margin-top:1.25rem;color:var(--fg3);font-size:0.75rem;line-height:1.125rem}
.ways{position:relative;display:grid;grid-template-columns:minmax(0,1fr);margin-top:0.5rem}
.ways>input{position:absolute;opacity:0;width:1px;height:1px}
.ways>label{min-height:3rem;display:flex;align-items:center;gap:0.5rem;padding:0.25rem 0.625rem;border:1px solid var(--strong);margin-top:-1px;color:var(--fg2);cursor:pointer}
.ways>label:first-of-type{margin-top:0;border-radius:4px 4px 0 0}
.ways>.last{border-radius:0 0 4px 4px}
.ways>.only{border-radius:4px}
.ways>input:checked+label{background:var(--soft);border-color:var(--brand);color:var(--brandfg);font-weight:600;z-index:1}
.ways>label::before{content:"";width:1rem;height:1rem;border:1px solid var(--control);border-radius:50%;flex:none}
.ways>input:checked+label::before{border:5px solid var(--brand)}
.ways>input:focus-visible+label{outline:2px solid var(--brandfg);outline-offset:2px;z-index:2}
.way{display:none;grid-column:1/-1;padding-top:1.25rem}
#way-card:checked~.way-card,#way-alipay:checked~.way-alipay,#way-wechat_pay:checked~.way-wechat_pay{display:block}
.field{display:block}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0.75rem;margin-top:0.75rem}
.field>span{display:block;font-size:0.75rem;line-height:1.125rem;color:var(--fg2);margin-bottom:0.25rem}
.field>input{width:100%;height:3rem;padding:0 0.75rem;font:inherit;font-size:1rem;color:var(--fg);background:var(--surface);border:1px solid var(--control);border-radius:4px}
.field>input[aria-invalid=true]{border:2px solid var(--bad)}
.field>em{display:block;font-style:normal;font-size:0.8125rem;line-height:1.25rem;color:var(--badfg);margin-top:0.25rem}
.check{display:flex;gap:0.625rem;align-items:center;min-height:3rem;margin-top:0.5rem;cursor:pointer}
.check input{width:1.25rem;height:1.25rem;accent-color:var(--brand);margin:0}
.cards{margin-top:1rem;border-top:1px solid var(--line)}
.cards summary{padding:0.75rem 0;color:var(--fg2);cursor:pointer}
.cards table{width:100%;border-collapse:collapse;font-size:0.8125rem;line-height:1.25rem}
.cards td{border-top:1px solid var(--line);padding:0.375rem 0.5rem 0.375rem 0}
@media(min-width:360px){.cards td:first-child{white-space:nowrap}}
.cards td:last-child{text-align:right;padding-right:0}
.cards p{color:var(--fg3);font-size:0.75rem;line-height:1.125rem;padding:0.5rem 0}
.fill,.small{font:inherit;min-height:2.25rem;padding:0 0.75rem;border:1px solid var(--strong);border-radius:4px;background:none;color:var(--brandfg);cursor:pointer;white-space:nowrap}
.go{width:100%;min-height:3rem;margin-top:1.25rem;font:inherit;font-size:1rem;font-weight:600;color:var(--solid);background:var(--brand);border:0;border-radius:4px;cursor:pointer}
.go:hover{background:var(--hover)}
.go[aria-disabled=true]{opacity:0.6}
.back{display:block;text-align:center;padding:0.8125rem 0;margin-top:0.25rem}
.alert{border:1px solid var(--badline);background:var(--badsoft);color:var(--badfg);padding:0.75rem;margin-bottom:1.25rem;border-radius:4px;display:grid;grid-template-columns:1.25rem 1fr;gap:0.5rem}
.alert svg{width:1.25rem;height:1.25rem;fill:currentColor}
.alert strong{display:block}
.alert a{color:inherit;text-decoration:underline}
.alert ul{padding-left:1rem}
.state{max-width:28rem;margin:0 auto}
.state h1{font-size:1.25rem;line-height:1.75rem}
.state p{color:var(--fg2);margin-top:0.25rem}
.state .go{display:grid;place-items:center;text-decoration:none}
@media(min-width:480px){.strip span{order:0;flex-basis:auto}.ways.of2{grid-template-columns:1fr 1fr}.ways.of3{grid-template-columns:repeat(3,1fr)}.ways>label{grid-row:1;justify-content:center;margin-top:0;margin-left:-1px}
.ways>label:first-of-type{margin-left:0;border-radius:4px 0 0 4px}.ways>.last{border-radius:0 4px 4px 0}.ways>.only{border-radius:4px}}
@media(min-width:768px){main{padding-top:3.5rem}.panes.two{grid-template-columns:repeat(2,minmax(0,1fr))}.panes.two .pane{padding:2rem}.panes.two .pane+.pane{border-top:0;border-left:1px solid var(--line)}
.panes.two .pane:first-child{background:var(--sunken)}.go{min-height:2.75rem}.ways>label,.field>input{min-height:2.75rem;height:2.75rem}}
`;

/** Groups card digits, fills a test card in, and shows that a payment is under way. The page works without it. */
export const SCRIPT = `
const go=document.querySelector("button.go"),form=go?.form;
if(form){
const number=form.elements.number,expiry=form.elements.expiry,cvc=form.elements.cvc;
const group=(v)=>v.replace(/\\D/g,"").slice(0,19).replace(/(\\d{4})(?=\\d)/g,"$1 ");
number?.addEventListener("input",()=>{const end=number.selectionStart===number.value.length;if(end)number.value=group(number.value)});
expiry?.addEventListener("input",(e)=>{if(expiry.selectionStart!==expiry.value.length)return;const d=expiry.value.replace(/\\D/g,"").slice(0,4);
expiry.value=d.length>2||(d.length===2&&!e.inputType?.startsWith("delete"))?d.slice(0,2)+"/"+d.slice(2):d});
for(const b of document.querySelectorAll(".fill")){b.hidden=false;b.addEventListener("click",()=>{number.value=group(b.dataset.number);
expiry.value="12/"+String((new Date().getFullYear()+3)%100).padStart(2,"0");cvc.value="123";go.focus()})}
form.addEventListener("submit",(e)=>{if(go.ariaDisabled==="true"){e.preventDefault();return}go.ariaDisabled="true";go.textContent=go.dataset.busy});
addEventListener("pageshow",(e)=>{if(e.persisted)location.reload()});
document.querySelector("[role=alert]")?.focus();
}
`;
