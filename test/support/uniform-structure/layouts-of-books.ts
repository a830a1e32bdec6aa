// The records of a journal and of a stock: sections 3.8 to 3.10 of the reference, row by row.
import { layoutOf } from './layout.ts';

export const B100 = layoutOf(
  'B100',
  317,
  `
1350 1-4 X(4) M record code B100
1351 5-13 9(9) M running record number
1352 14-22 9(9) M dealer number
1353 23-32 9(10) M transaction number
1354 33-37 9(5) M line number in the transaction
1355 38-45 9(8) O batch
1356 46-60 X(15) O transaction type
1357 61-80 X(20) O reference
1358 81-83 9(3) O document type of the reference, if the software knows it
1359 84-103 X(20) O reference 2
1360 104-106 9(3) O document type of reference 2, if the software knows it
1361 107-156 X(50) O details
1362 157-164 9(8) M date, as written in the journal entry
1363 165-172 9(8) M value date
1364 173-187 X(15) M account key
1365 188-202 X(15) O counter account key
1366 203-203 9(1) M 1 debit / expense, 2 credit / income
1367 204-206 X(3) O foreign currency code of 1369
1368 207-221 X9(12)v99 M amount in the lead currency
1369 222-236 X9(12)v99 O foreign currency amount
1370 237-248 X9(9)v99 O quantity field, e.g. securities quantity or costing code
1371 249-258 X(10) O matching field 1
1372 259-268 X(10) O matching field 2
1374 269-275 X(7) C branch id
1375 276-283 9(8) M entry date
1376 284-292 X(9) O user name of the operator
1377 293-317 X(25) M future data`,
);

export const B110 = layoutOf(
  'B110',
  376,
  `
1400 1-4 X(4) M record code B110
1401 5-13 9(9) M running record number
1402 14-22 9(9) M dealer number
1403 23-37 X(15) M account key, unique
1404 38-87 X(50) M account name
1405 88-102 X(15) M trial-balance code
1406 103-132 X(30) M trial-balance code description
1407 133-182 X(50) O customer/supplier street
1408 183-192 X(10) O customer/supplier house number
1409 193-222 X(30) O customer/supplier city
1410 223-230 X(8) O customer/supplier zip
1411 231-260 X(30) O customer/supplier country
1412 261-262 X(2) O country code
1413 263-277 X(15) O parent account
1414 278-292 X9(12)v99 M balance at the start of the range
1415 293-307 X9(12)v99 M total debits, without opening balance
1416 308-322 X9(12)v99 M total credits, without opening balance
1417 323-326 9(4) O form-6111 code
1419 327-335 9(9) C supplier/customer dealer number
1421 336-342 X(7) C branch id
1422 343-357 X9(12)v99 O balance at the start of the range, foreign currency
1423 358-360 X(3) O foreign currency code of 1422
1424 361-376 X(16) M future data`,
);

export const M100 = layoutOf(
  'M100',
  298,
  `
1450 1-4 X(4) M record code M100
1451 5-13 9(9) M running record number
1452 14-22 9(9) M dealer number
1453 23-42 X(20) O universal item code
1454 43-62 X(20) O supplier/manufacturer item code
1455 63-82 X(20) M internal SKU, unique
1456 83-132 X(50) M item name
1457 133-142 X(10) O sort code
1458 143-172 X(30) O sort code description
1459 173-192 X(20) M unit of measure if meaningful, else the word
1460 193-204 X9(9)v99 M balance at the start of the range, all stores
1461 205-216 X9(9)v99 M total in, without opening balance
1462 217-228 X9(9)v99 M total out, without opening balance
1463 229-238 9(8)v99 O cost price at the end of the range, goods outside bonded
1464 239-248 9(8)v99 O cost price at the end of the range, goods in bonded stores
1465 249-298 X(50) M future data`,
);
