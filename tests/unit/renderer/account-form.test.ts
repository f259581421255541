import { describe, expect, it } from 'vitest';
import { dataCentres } from '../../../main/domain/account/data-centre.ts';
import {
  centreOf,
  cleanAddress,
  cleanForm,
  findConnectionProblems,
  findKeyProblem,
  findNameProblem,
  findProblems,
  originOf,
  otherCentre,
} from '../../../renderer/accounts/form/account-form.ts';

const good = { name: 'Brand', centre: 'us', address: '', userId: '', key: 'abc-123' };

describe('what is typed of an account', () => {
  it('is usable where every field is', () => {
    expect(findProblems(good, ['Panel'])).toEqual({});
  });

  it('names what is missing, each beside its field', () => {
    const empty = { name: ' ', centre: '', address: '', userId: '', key: '' };
    expect(findProblems(empty, [])).toEqual({
      name: 'account.nameEmpty',
      centre: 'account.centreEmpty',
      key: 'account.keyEmpty',
    });
  });

  it('asks for no name to test the connection', () => {
    expect(findConnectionProblems({ ...good, name: '' })).toEqual({});
  });

  it.each([
    ['BRAND', 'account.nameTaken'],
    ['  brand ', 'account.nameTaken'],
    ['x'.repeat(101), 'account.nameTooLong'],
    ['Br\u202eand', 'account.nameControls'],
    ['Br\nand', 'account.nameControls'],
    ['Brand 2', undefined],
  ])('judges the name %j', (name, problem) => {
    expect(findNameProblem(name, ['Brand'])).toBe(problem);
  });

  it.each([
    [' "abc" ', undefined],
    ['api-key: abc', undefined],
    ['ab c', 'account.keyUnusable'],
    ['schlüssel', 'account.keyUnusable'],
    ['x'.repeat(501), 'account.keyUnusable'],
    ['  ', 'account.keyEmpty'],
  ])('judges the key %j', (key, problem) => {
    expect(findKeyProblem(key)).toBe(problem);
  });

  it.each(['http://api.example.com', 'not an address', '', 'ftp://api.example.com'])(
    'refuses %j as an address',
    (address) => {
      expect(findConnectionProblems({ ...good, centre: otherCentre, address })).toEqual({
        address: 'account.addressUnusable',
      });
    },
  );

  it('refuses a user ID that is too long', () => {
    expect(findConnectionProblems({ ...good, userId: '1'.repeat(201) })).toEqual({ userId: 'account.userIdTooLong' });
  });
});

describe('the address of a data centre', () => {
  it('is the preset’s', () => {
    expect(dataCentres.map(({ id }) => originOf({ centre: id, address: 'ignored' }))).toEqual(
      dataCentres.map(({ origin }) => origin),
    );
  });

  it('chooses a preset again by its origin, and anything else as an address', () => {
    expect(centreOf('https://api.questionpro.eu')).toEqual({ centre: 'eu', address: '' });
    expect(centreOf('http://127.0.0.1:4000')).toEqual({ centre: otherCentre, address: 'http://127.0.0.1:4000' });
  });

  it.each([
    [' "https://api.example.com/a/api/v2/" ', 'https://api.example.com'],
    ['api.example.com/a/api/v2', 'https://api.example.com'],
    ['http://127.0.0.1:8080/a/api/v2', 'http://127.0.0.1:8080'],
    ['what is this', 'what is this'],
  ])('is cleaned of what came with it: %j', (text, address) => {
    expect(cleanAddress(text)).toBe(address);
  });

  it('is cleaned with the rest of the form', () => {
    const typed = { name: ' Brand ', centre: otherCentre, address: 'API.example.com/a', userId: "'42'", key: '“abc”' };
    expect(cleanForm(typed)).toEqual({
      name: 'Brand',
      centre: otherCentre,
      address: 'https://api.example.com',
      userId: '42',
      key: 'abc',
    });
  });
});
