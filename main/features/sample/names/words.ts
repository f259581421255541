const list = (text: string): readonly string[] => text.split(' ');

export const adjectives = list(
  'spring summer autumn winter new old final draft big small dark light blue red green warm cold fresh bold soft classic modern retro urban wild quiet golden silver global local premium basic',
);

/** By what a picture of that name shows. */
export const nouns = {
  logo: list('logo logotype brandmark badge icon emblem wordmark favicon'),
  photo: list('hero beach team office portrait landscape mountain garden city sunset kitchen product'),
  card: list('banner coupon poster flyer packshot concept invitation'),
  chart: list('chart results dashboard infographic'),
  pattern: list('background texture pattern header tile'),
} as const;

export const occasions = list(
  'homepage email mobile desktop survey panel wave kickoff launch campaign retail partner client internal event newsletter intro outro test control variantA variantB social print web app kiosk shelf ad teaser footer cover',
);

export const markers = list(
  'v1 v2 v3 v4 v5 1x 2x 3x 400px 800px 1200px 1600px 1920x1080 1080x1080 lowres hires rgb cmyk web print ok approved old new crop edit export FINAL final2 copy bg nobg en de',
);

export const clients = list(
  'Nordwind Halden Quercia Solvei Bexley Marrow Tindra Copperfield Ostara Lumen Vantage Pelican Arbor Kestrel Fjord Moss Juniper Harbor Atlas Cobalt Meridian Sable Thistle Aurora Willow Basalt Onyx Clover Ember Drift Raven Birch',
);

/** Words that keep their marks, one letter each or two. */
export const accented = list(
  'Café Menü Été Größe Łódź Señal Crème Ønske Ångström Übersicht Piñata Façade Élan Smörgås Ação Čokoláda Žena Dağ İstanbul Żółć Hôtel Naïve Fußball Où',
);

export const accentedAfter = list('été niño früh größer après señora løsning résumé déjà mañana über straße');

export const characters = list(
  '商品画像 会社ロゴ 調査票 広告案 背景 春の新作 テスト画像 アンケート 品牌标志 产品图 调查问卷 海报 설문조사 로고 제품사진 배너',
);

export const characterEndings = list('最終版 改訂 案A 案B 확정 수정 正面 侧面');
