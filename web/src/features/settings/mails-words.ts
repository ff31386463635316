import { dictionary } from "../../i18n.ts";

/** Words of the letters that staff get. */
export const mailsWords = dictionary({
  zh: {
    title: "我的邮件提醒",
    say: "只管你自己在这个空间收到的信；所有者、运营主管和前台都会收到",
    requests: "预订待批",
    requestsSay: "有人申请要审批的场地，散客也算",
    applications: "入驻申请",
    applicationsSay: "有人填了入驻申请表",
    tickets: "报修求助",
    ticketsSay: "企业提了新的求助，或者回复了",
    language: "用哪种语言写",
    saved: "已保存",
    notRead: "邮件提醒没有读到",
  },
  en: {
    title: "My mails",
    say: "What you alone are written to of in this space; owners, managers and the front desk are",
    requests: "Bookings to approve",
    requestsSay: "Somebody asks for a place that needs approval, guests too",
    applications: "Applications",
    applicationsSay: "Somebody filled in the application form",
    tickets: "Help tickets",
    ticketsSay: "A company opens a ticket or answers one",
    language: "Language of the mails",
    saved: "Saved",
    notRead: "Your mail settings did not load",
  },
});
