// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import java.util.List;
import java.util.Random;

/** The marked data of one run; another run has others. */
public final class Canaries {
    private final String tag;
    private final Canary password;
    private final Canary wrongPassword;
    private final Canary name;
    private final Canary number;
    private final Canary otherName;
    private final Canary otherNumber;
    private final Canary dialled;
    private final Canary keys;
    private final Canary favourite;

    public Canaries(Random random) {
        this.tag = String.format("%08x", random.nextInt());
        this.password = Canary.secret("password", "Pw-" + tag + "-rosebud");
        this.wrongPassword = Canary.secret("wrong password", "Wrong-" + tag + "-rosebud");
        this.name = Canary.personal("user's name", "Zebedia Canary" + tag);
        this.number = Canary.personal("user's number", number(random));
        this.otherName = Canary.personal("other party's name", "Quillon Finch" + tag);
        this.otherNumber = Canary.personal("other party's number", number(random));
        this.dialled = Canary.personal("dialled number", number(random));
        this.keys = Canary.personal("pressed keys", number(random));
        this.favourite = Canary.personal("favourite's name", "Ombeline Wren" + tag);
    }

    /** Long enough that no counter, port or time is taken for it. */
    private static String number(Random random) {
        StringBuilder digits = new StringBuilder("79");
        for (int i = 0; i < 10; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    public List<Canary> all() {
        return List.of(password, wrongPassword, name, number, otherName, otherNumber, dialled, keys, favourite);
    }

    public List<Canary> secrets() {
        return all().stream().filter(Canary::isSecret).toList();
    }

    /** Those found in the text. */
    public List<Canary> in(String text) {
        return all().stream().filter(canary -> canary.isIn(text)).toList();
    }

    /** Those found in the bytes. */
    public List<Canary> in(byte[] bytes) {
        return all().stream().filter(canary -> canary.isIn(bytes)).toList();
    }

    Canary password() {
        return password;
    }

    Canary wrongPassword() {
        return wrongPassword;
    }

    Canary name() {
        return name;
    }

    Canary number() {
        return number;
    }

    Canary otherName() {
        return otherName;
    }

    Canary otherNumber() {
        return otherNumber;
    }

    Canary dialled() {
        return dialled;
    }

    Canary keys() {
        return keys;
    }

    Canary favourite() {
        return favourite;
    }

    @Override
    public String toString() {
        return "Canaries[" + all().size() + "]";
    }
}
