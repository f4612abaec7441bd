// SPDX-License-Identifier: Apache-2.0
// Search by a part of the name, by code, or by pinyin, whole ("shebao") or initials ("sb" for 社保). The browser sorts
// Chinese by pinyin, so a character's syllable follows from its place among the first characters of each
// syllable: no dictionary is shipped. Traditional characters and other ones of the same sound are found by it too.

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

/** The first character of each syllable in the browser's order, and the syllables; ü is written u. */
const FIRSTS =
  '吖哎安肮凹丷挀扳邦勹卑奔伻屄边灬憋汃冫癶峬嚓偲参仓撡冊嵾曽叉芆辿伥抄车抻阷吃充抽出歘揣巛刅吹旾逴呲匆凑粗汆崔邨搓' +
  '咑呆丹当刀嘚扥灯氐敁刁爹丁丟东吺厾耑垖吨多妸诶奀鞥儿发帆匚飞分丰覅仏紑夫旮侅甘冈皋戈给根刯工勾估瓜乖关光归丨呙哈' +
  '咍佄夯茠诃黒拫亨噷叿齁乎花怀欢巟灰昏吙丌加戋江艽阶巾坕冂丩凥姢噘军咔开刊忼尻匼剋肎劥空抠扝夸蒯宽匡亏坤扩垃来兰啷' +
  '捞仂勒崚哩俩奁良撩毟拎伶溜囖龙瞜噜娈掠抡啰呣妈埋嫚牤猫嚒呅椚擝咪宀喵乜民名谬摸哞毪拏腉囡囔孬疒娞恁能妮拈娘鸟捏囜' +
  '宁妞农羺奴奻疟黁郍喔讴妑拍眅乓抛呸喷匉丕囨剽氕姘乒钋剖仆七掐千呛悄苆亲靑卭丘区奍缺夋呥穣娆惹人扔日戎厹邚挼堧婑瞤' +
  '捼仨毢三桒掻閪森僧杀筛山伤弰奢谁申升尸収书刷衰闩双脽吮说厶忪凁苏狻夊孙唆他囼坍汤夲忑熥剔天旫帖厅囲偷凸湍推吞乇屲' +
  '歪弯尣危昷翁挝乌夕虲仙乡灱些心星凶休吁吅削坃丫恹央幺倻一囙应哟佣优込囦曰晕帀災兂匨傮则贼怎増扎夈枬张佋蜇贞凧之中' +
  '州朱抓跩专妆隹宒拙乲宗邹租钻厜尊昨'
const SYLLABLES = (
  'a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce ' +
  'cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun ' +
  'chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de den deng di dian diao die ding diu dong dou ' +
  'du duan dui dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei ' +
  'gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hm hong hou hu ' +
  'hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai ' +
  'kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei ' +
  'leng li lia lian liang liao lie lin ling liu lo long lou lu luan lue lun luo m ma mai man mang mao me ' +
  'mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang ' +
  'niao nie nin ning niu nong nou nu nuan nue nun nuo o ou pa pai pan pang pao pei pen peng pi pian piao ' +
  'pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ' +
  'ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao ' +
  'she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ' +
  'ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen ' +
  'weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying ' +
  'yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng ' +
  'zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo'
).split(' ')

/** Characters with several readings: those beside the usual one. */
const SEVERAL: Record<string, string[]> = {
  长: ['zhang', 'chang'], 重: ['chong', 'zhong'], 行: ['hang', 'xing'], 会: ['kuai', 'hui'], 调: ['tiao', 'diao'], 传: ['zhuan', 'chuan'], 乐: ['yue', 'le'],
  校: ['jiao', 'xiao'], 降: ['xiang', 'jiang'], 单: ['shan', 'dan'], 查: ['zha', 'cha'], 参: ['shen', 'can'], 藏: ['zang', 'cang'], 车: ['ju', 'che'], 给: ['ji', 'gei'],
  系: ['ji', 'xi'], 省: ['xing', 'sheng'], 石: ['dan', 'shi'], 弹: ['tan', 'dan'], 种: ['chong', 'zhong'], 朝: ['zhao', 'chao'], 厦: ['xia', 'sha'], 曾: ['ceng', 'zeng'],
  仇: ['qiu', 'chou'], 解: ['xie', 'jie'], 卡: ['qia', 'ka'], 强: ['jiang', 'qiang'], 率: ['shuai', 'lu'], 屏: ['bing', 'ping'],
}

const HAN = /[\u3400-\u9fff]/
const known = new Map<string, string[]>()

function syllableOf(character: string): string {
  let low = 0
  let high = FIRSTS.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (collator.compare(FIRSTS[middle]!, character) > 0) high = middle
    else low = middle
  }
  return SYLLABLES[low]!
}

/** All readings of a Chinese character, the usual one first; any other character in lower case. */
function readingsOf(character: string): string[] {
  if (!HAN.test(character)) return [character.toLowerCase()]
  let found = known.get(character)
  if (found === undefined) known.set(character, (found = [...new Set([syllableOf(character), ...(SEVERAL[character] ?? [])])]))
  return found
}

/** "sbsp" for "社保审批"; letters and digits stay, everything else is left out. */
export function initials(text: string): string {
  return [...text]
    .map((c) => readingsOf(c)[0]?.[0] ?? '')
    .join('')
    .replace(/[^a-z0-9]/g, '')
}

const plainOf = (text: string) => [...text.normalize('NFKC').toLowerCase()].filter((c) => /[\p{L}\p{N}]/u.test(c))
const prepared = new Map<string, { plain: string; readings: string[][] }>()

function prepare(text: string) {
  let found = prepared.get(text)
  if (!found) {
    const characters = plainOf(text)
    found = { plain: characters.join(''), readings: characters.map(readingsOf) }
    prepared.set(text, found)
  }
  return found
}

/** Each character is spelt out or given by its initial; the last syllable need not be whole. */
function spells(readings: string[][], at: number, query: string): boolean {
  if (query === '') return true
  return (readings[at] ?? []).some(
    (reading) =>
      reading.startsWith(query) ||
      (query.startsWith(reading) && spells(readings, at + 1, query.slice(reading.length))) ||
      (query[0] === reading[0] && spells(readings, at + 1, query.slice(1))),
  )
}

/** Two characters or more that sound like these. */
function sounds(readings: string[][], word: string): boolean {
  const wanted = [...word].map(readingsOf)
  return wanted.length > 1 && readings.some((_, at) => wanted.every((one, i) => one.some((reading) => readings[at + i]?.includes(reading))))
}

/** Does the text contain each word of the query, literally, by pinyin or by sound? An empty query matches. */
export function matches(text: string, query: string): boolean {
  const { plain, readings } = prepare(text)
  return query
    .split(/\s+/)
    .map((word) => plainOf(word).join(''))
    .every((word) => {
      if (plain.includes(word)) return true
      if (!/^[a-z0-9]+$/.test(word)) return sounds(readings, word)
      const spelt = word.replace(/([ln])v/g, '$1u')
      return readings.some((_, at) => spells(readings, at, spelt))
    })
}
