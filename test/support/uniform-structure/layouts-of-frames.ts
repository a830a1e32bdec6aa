// INI.TXT and the first and the last record of BKMVDATA.TXT: sections 3.1 to 3.4 of the reference, row by row.
import { layoutOf } from './layout.ts';

export const A000 = layoutOf(
  'A000',
  466,
  `
1000 1-4 X(4) M record code A000
1001 5-9 X(5) M future use
1002 10-24 9(15) M total records in BKMVDATA.TXT
1003 25-33 9(9) M issuer dealer number
1004 34-48 9(15) M primary id, random 15 digits
1005 49-56 X(8) M constant &OF1.31&
1006 57-64 9(8) M software registration certificate number
1007 65-84 X(20) M software name
1008 85-104 X(20) M software version
1009 105-113 9(9) M software maker VAT number
1010 114-133 X(20) M software maker name
1011 134-134 9(1) M 1 single-year, 2 multi-year
1012 135-184 X(50) M path where the files were saved
1013 185-185 9(1) M bookkeeping kind
1014 186-186 9(1) O balance check level
1015 187-195 9(9) O companies-registrar number
1016 196-204 9(9) O withholding file number
1017 205-214 X(10) M future data
1018 215-264 X(50) M business name
1019 265-314 X(50) O business street
1020 315-324 X(10) O business house number
1021 325-354 X(30) O business city
1022 355-362 X(8) O business zip
1023 363-366 9(4) C tax year YYYY
1024 367-374 9(8) C range start date
1025 375-382 9(8) C range end date
1026 383-390 9(8) M process start date YYYYMMDD
1027 391-394 9(4) M process start time HHMM
1028 395-395 9(1) M language
1029 396-396 9(1) M charset
1030 397-416 X(20) M name of the compression software
1032 417-419 X(3) M lead currency
1034 420-420 9(1) M 1 = the business has branches/sectors, 0 = none
1035 421-466 X(46) M future data`,
);

export const SUMMARY = layoutOf(
  'SUMMARY',
  19,
  `
1050 1-4 X(4) M record code that is counted
1051 5-19 9(15) M number of records of that code`,
);

export const A100 = layoutOf(
  'A100',
  95,
  `
1100 1-4 X(4) M record code A100
1101 5-13 9(9) M running record number
1102 14-22 9(9) M dealer number
1103 23-37 9(15) M primary id
1104 38-45 X(8) M constant &OF1.31&
1105 46-95 X(50) M future data`,
);

export const Z900 = layoutOf(
  'Z900',
  110,
  `
1150 1-4 X(4) M record code Z900
1151 5-13 9(9) M running record number
1152 14-22 9(9) M dealer number
1153 23-37 9(15) M primary id
1154 38-45 X(8) M constant &OF1.31&
1155 46-60 9(15) M total records, including A100 and Z900
1156 61-110 X(50) M future data`,
);
