// SPDX-License-Identifier: Apache-2.0
final class Doubling {
    private Doubling() {}

    static int of(int number) {
        return 2 * number;
    }
}
