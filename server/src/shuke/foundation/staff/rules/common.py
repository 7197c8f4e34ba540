"""The passwords that everybody tries first.

Put together for this project from what is plain to see: words, names and keys that people choose in China and
elsewhere. Digits and marks around them, letters written as digits, runs of keys and repetitions are recognised by
`passwords.is_common`, and need no line here.
"""

_WORDS = """
aaaaaa abcabc abcdabcd abcdefg access admin admin123456 adminadmin administrator administratoradministrator adminshuke
aini alibaba alipay andrew april asdasd asdfgh asdfghjkl ashley august autumn baidu baseball basketball batman beijing
boss bossboss caifu cashier changeit changeme changethis charlie chengdu china chinese company computer
correcthorsebatterystaple crm crmadmin crmcrm dajiahao daniel december default demo dianpu dianzhang donotknow dragon
facai facebook february football forever foreverlove forgot fortnite freedom friday george gongsi gongxifacai goodluck
goodmorning google guangzhou guanli guanliyuan guest hangzhou haohao happy happyday hello hellohello helloworld hockey
huawei huiyuan idontknow iforgot iloveu iloveyou iloveyoubaby iloveyouforever internet iphone ironman january jennifer
jessica jingdong jordan joseph july june kefu kehu laoban letmein letmeinletmein login love lovelove loveme loveyou
lucky manager march master matthew michael mima mimamima minecraft monday money moneymoney monkey mynameis mypassword
myshop mystore naruto newpassword nihao nihaoma nihaoshijie nopassword nothing november october office onepiece open
opensesame ourshop pass passw0rd passwd password password123456 passwordpassword passwort pokemon princess private
qazwsx qazwsxedc qweasd qweasdzxc qwerty qwertyqwerty qwertyui qwertyuiop robert root rootroot samsung saturday secret
secretpassword september sesame shadow shanghai shenzhen shop shopshop shouyin shuke shukeadmin shukecrm soccer
spiderman spring starwars store summer sunday sunshine superman superuser sysadmin system taobao temp temporary
temppass tencent test tester testing testtest thisismypassword thomas thursday tiantian tianxia toor topsecret trustno
tuesday twitter user wangyut wechat wednesday weixin welcome welcomehome welcomewelcome whatever william winter woaini
woaini1314 woainima woainio woaiwojia wobuzhidao wode wodemima word wsxedc xiaomi yonghu yourpassword zhongguo
zhonghua zxcvbn zxcvbnm
"""
COMMON = frozenset(_WORDS.split()) | {
    "5201314",
    "1314520",
    "7758521",
    "7758258",
    "147258369",
    "woaini520",
    "a123456789",
}
