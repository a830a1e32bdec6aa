// The records of documents: sections 3.5 to 3.7 of the reference, row by row.
import { layoutOf } from './layout.ts';

export const C100 = layoutOf(
  'C100',
  444,
  `
1200 1-4 X(4) M record code C100
1201 5-13 9(9) M running record number
1202 14-22 9(9) M dealer number
1203 23-25 9(3) M document type
1204 26-45 X(20) M document number
1205 46-53 9(8) M production date
1206 54-57 9(4) O production time HHMM, 24 h
1207 58-107 X(50) C customer/supplier name
1208 108-157 X(50) O customer/supplier street
1209 158-167 X(10) O customer/supplier house number
1210 168-197 X(30) O customer/supplier city
1211 198-205 X(8) O customer/supplier zip
1212 206-235 X(30) O customer/supplier country name
1213 236-237 X(2) O country code, ISO 3166-1
1214 238-252 X(15) O customer/supplier phone
1215 253-261 9(9) O customer/supplier dealer number
1216 262-269 9(8) O value date (receipt
1217 270-284 X9(12)v99 O final total in foreign currency
1218 285-287 X(3) O foreign currency code
1219 288-302 X9(12)v99 O amount before the document discount
1220 303-317 X9(12)v99 O document discount
1221 318-332 X9(12)v99 O amount after discounts, excluding VAT
1222 333-347 X9(12)v99 O VAT amount
1223 348-362 X9(12)v99 O total including VAT (receipt
1224 363-374 X9(9)v99 O tax withheld at source
1225 375-389 X(15) C customer key at the seller, or supplier key at the buyer
1226 390-399 X(10) O matching field
1228 400-400 X(1) O 1 = cancelled document
1230 401-408 9(8) M document date, as printed
1231 409-415 X(7) C branch id
1233 416-424 X(9) O user name of the operator
1234 425-431 9(7) O internal link, header to lines
1235 432-444 X(13) M future data`,
);

export const D110 = layoutOf(
  'D110',
  339,
  `
1250 1-4 X(4) M record code D110
1251 5-13 9(9) M running record number
1252 14-22 9(9) M dealer number
1253 23-25 9(3) M document type
1254 26-45 X(20) M document number
1255 46-49 9(4) M line number in the document
1256 50-52 9(3) O base document type
1257 53-72 X(20) O base document number
1258 73-73 9(1) O 1 service, 2 sale, 3 both
1259 74-93 X(20) O internal SKU
1260 94-123 X(30) M description of the goods sold or service given
1261 124-173 X(50) O manufacturer name
1262 174-203 X(30) O serial number stamped on the product
1263 204-223 X(20) O unit of measure if meaningful, else the word
1264 224-240 X9(12)v9999 M quantity
1265 241-255 X9(12)v99 O unit price excluding VAT, ILS
1266 256-270 X9(12)v99 O line discount, ILS
1267 271-285 X9(12)v99 O line total = quantity × unit price excluding VAT, less line
1268 286-289 9(2)v99 M VAT rate of the line, e.g. 18 % = 1800
1270 290-296 X(7) C branch id
1272 297-304 9(8) M document date
1273 305-311 9(7) O internal link, line to header
1274 312-318 X(7) C branch id of the base document
1275 319-339 X(21) M future data`,
);

export const D120 = layoutOf(
  'D120',
  222,
  `
1300 1-4 X(4) M record code D120
1301 5-13 9(9) M running record number
1302 14-22 9(9) M dealer number
1303 23-25 9(3) M document type
1304 26-45 X(20) M document number
1305 46-49 9(4) M line number in the document
1306 50-50 9(1) M means of payment
1307 51-60 9(10) C bank number
1308 61-70 9(10) C branch number
1309 71-85 9(15) C account number
1310 86-95 9(10) C cheque number
1311 96-103 9(8) O due date
1312 104-118 X9(12)v99 M line amount
1313 119-119 9(1) O acquirer
1314 120-139 X(20) O name of the card cleared
1315 140-140 9(1) O card deal
1320 141-147 X(7) C branch id
1322 148-155 9(8) M document date
1323 156-162 9(7) O internal link, line to header
1324 163-222 X(60) M future data`,
);
