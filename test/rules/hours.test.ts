import { describe, expect, test } from 'vitest'
import { parseWeek } from '../../src/complaint/hours.ts'

const at = (day: number, start: number, end: number) => ({ day, start: start * 60, end: end * 60 })

describe('working hours', () => {
  test.each([
    ['mon 07:00-16:00', [at(0, 7, 16)]],
    ['Mon-Tue  07:00-16:00', [at(0, 7, 16), at(1, 7, 16)]],
    ['sat 09:00-12:00; mon 07:00-12:00, 13:00-16:00', [at(0, 7, 12), at(0, 13, 16), at(5, 9, 12)]],
    ['sat-mon 09:00-12:00', [at(0, 9, 12), at(5, 9, 12), at(6, 9, 12)]],
    ['fri 22:00-06:00', [at(4, 22, 30)]],
    ['fri 22:00-00:00', [at(4, 22, 24)]],
    ['sun 00:00-24:00', [at(6, 0, 24)]],
    ['sun 22:00-06:00; mon 06:00-14:00', [at(0, 6, 14), at(6, 22, 30)]],
    ['mon 06:00-14:00, 14:00-22:00', [at(0, 6, 14), at(0, 14, 22)]],
  ])('%s', (text, windows) => expect(parseWeek(text)).toEqual({ ok: true, windows }))

  test('day and night, all week', () => {
    const week = parseWeek('mon-sun 06:00-06:00')
    expect(week).toEqual({
      ok: false,
      fault: '"06:00-06:00" is empty; write 00:00-24:00 for the whole day',
    })
    expect(parseWeek('mon-sun 00:00-24:00')).toMatchObject({ ok: true, windows: { length: 7 } })
    expect(parseWeek('mon-sun 06:00-18:00, 18:00-06:00')).toMatchObject({ ok: true, windows: { length: 14 } })
  })

  const DAYS = 'is not days and times such as "mon-fri 07:00-12:00, 13:00-16:00; sat 09:00-12:00"'
  const DAY = 'is not a day or a range of days: write mon, tue, wed, thu, fri, sat, sun, mon-fri'
  test.each([
    ['', `"" ${DAYS}`],
    ['mon', `"mon" ${DAYS}`],
    ['mon 07:00-16:00;', `"" ${DAYS}`],
    ['monday 07:00-16:00', `"monday" ${DAY}`],
    ['mon- 07:00-16:00', `"mon-" ${DAY}`],
    ['mon-tue-wed 07:00-16:00', `"mon-tue-wed" ${DAY}`],
    ['mon 7:00-16:00', '"7:00-16:00" is not a window of time such as 07:00-16:00'],
    ['mon 07:00', '"07:00" is not a window of time such as 07:00-16:00'],
    ['mon 07:00-16:00,', '"" is not a window of time such as 07:00-16:00'],
    ['mon 07:60-16:00', '"07:60-16:00" holds a time that no clock shows'],
    ['mon 07:00-24:01', '"07:00-24:01" holds a time that no clock shows'],
    ['mon 24:00-25:00', '"24:00-25:00" holds a time that no clock shows'],
    ['mon-fri 07:00-16:00; fri 15:00-18:00', 'windows overlap on fri'],
    ['mon-tue 22:00-06:00; tue 05:00-08:00', 'windows overlap on tue'],
    ['mon 05:00-08:00; sun 22:00-06:00', 'windows overlap on mon'],
    ['mon 07:00-16:00; mon 07:00-16:00', 'windows overlap on mon'],
  ])('%j is refused', (text, fault) => expect(parseWeek(text)).toEqual({ ok: false, fault }))
})
