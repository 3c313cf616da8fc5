// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as people all over the world dial and write them. */
class NumberPlanTest {
    @ParameterizedTest(name = "U4 {0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Germany: trunk 0, international 00, numbers of many lengths
                "DE | 030 123456 | +4930123456",
                "DE | (030) 12 34-56 | +4930123456",
                "DE | 030/123456 | +4930123456",
                "DE | +49 (0)30 123456 | +4930123456",
                "DE | 0049 30 123456 | +4930123456",
                "DE | 0170 1234567 | +491701234567",
                "DE | 001 212 555 1212 | +12125551212",
                "DE | +1 212 555 1212 | +12125551212",
                // North America: no trunk prefix needed, 011 abroad, letters
                "US | (212) 555-1212 | +12125551212",
                "US | 1-212-555-1212 | +12125551212",
                "US | 212.555.1212 | +12125551212",
                "US | 011 49 30 123456 | +4930123456",
                "US | 1-800-FLOWERS | +18003569377",
                "CA | 416-555-0123 | +14165550123",
                // United Kingdom
                "GB | 020 7946 0018 | +442079460018",
                "GB | +44 (0)20 7946 0018 | +442079460018",
                "GB | 07700 900123 | +447700900123",
                "GB | 00 33 1 23 45 67 89 | +33123456789",
                // France
                "FR | 01 23 45 67 89 | +33123456789",
                "FR | 06 12 34 56 78 | +33612345678",
                "FR | 00 44 20 7946 0018 | +442079460018",
                // Italy: the leading zero is part of the number
                "IT | 06 6982 1234 | +390669821234",
                "IT | +39 06 6982 1234 | +390669821234",
                "IT | 347 123 4567 | +393471234567",
                // South Africa
                "ZA | 011 978 5313 | +27119785313",
                "ZA | 00 27 11 978 5313 | +27119785313",
                "ZA | 082 123 4567 | +27821234567",
                // Australia: 0011 abroad
                "AU | (02) 9876 5432 | +61298765432",
                "AU | 0011 44 20 7946 0018 | +442079460018",
                "AU | 0412 345 678 | +61412345678",
                // Japan: 010 abroad
                "JP | 03-1234-5678 | +81312345678",
                "JP | 010 1 212 555 1212 | +12125551212",
                "JP | 090-1234-5678 | +819012345678",
                // Brazil: a carrier may be chosen between trunk prefix and area
                "BR | (11) 2345-6789 | +551123456789",
                "BR | 011 2345 6789 | +551123456789",
                "BR | 0 15 11 2345 6789 | +551123456789",
                "BR | (11) 91234-5678 | +5511912345678",
                "BR | 00 15 1 212 555 1212 | +12125551212",
                // India
                "IN | 022 2345 6789 | +912223456789",
                "IN | 098765 43210 | +919876543210",
                "IN | +91 98765 43210 | +919876543210",
                // Others with their own ways
                "AR | 011 15 3456 7890 | +5491134567890",
                "AR | +54 9 11 3456 7890 | +5491134567890",
                "MX | 55 1234 5678 | +525512345678",
                "ES | 912 345 678 | +34912345678",
                "CH | 044 668 18 00 | +41446681800",
                "RU | 8 (495) 123-45-67 | +74951234567",
                "RU | 8~10 49 30 123456 | +4930123456",
                "CN | 010 6552 9988 | +861065529988",
                "SG | 6123 4567 | +6561234567",
                "HK | 001 49 30 123456 | +4930123456",
                "PL | 22 123 45 67 | +48221234567",
                "DK | 32 12 34 56 | +4532123456",
                "HU | 06 1 234 5678 | +3612345678",
                // Without a region only what is complete is read
                "-  | +49 30 123456 | +4930123456",
                "-  | ＋49 30 123456 | +4930123456",
                "-  | ٠+4930123456 | -",
                "-  | 030 123456 | -",
                "XX | 030 123456 | -",
                // URIs
                "DE | tel:+49-30-123456 | +4930123456",
                "DE | +12125551212;ext=77 | +12125551212",
                "US | 8631234;phone-context=+1914 | +19148631234",
            })
    void a_number_is_read(String region, String text, String global) {
        DialString number = NumberPlan.of(region).read(text);

        assertThat(number.global()).isEqualTo(global);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "US | 212-555-1212 x77 | 77",
                "US | (212) 555-1212 ext. 77 | 77",
                "US | +1 212 555 1212;ext=77 | 77",
                "GB | 020 7946 0018 extn 77 | 77",
            })
    void an_extension_behind_a_number_is_kept_apart(String region, String text, String extension) {
        assertThat(NumberPlan.of(region).read(text).extension()).isEqualTo(extension);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*97",
                "*98#",
                "#31#030123456",
                "1001",
                "100",
                "112",
                "911",
                "118118",
                "front-desk",
                "alice",
                "",
                "+49"
            })
    void extensions_feature_codes_and_names_are_no_telephone_numbers(String text) {
        for (String region : new String[] {"DE", "US", "GB", "IT", "JP", null}) {
            DialString number = NumberPlan.of(region).read(text);

            assertThat(number.isLocal()).isTrue();
            assertThat(number.global()).isNull();
            assertThat(number.literal()).isEqualTo(text);
        }
    }

    @ParameterizedTest(name = "{0}: {1} and {2}: {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "DE | 030 1234567 | +49 30 1234567 | true",
                "DE | 1001 | 1001 | true",
                "DE | 1001 | 01001 | false",
                "DE | *97 | 97 | false",
                "DE | +43 1 5134567 | +41 1 5134567 | false",
                "-  | 0049 30 1234567 | +49 30 1234567 | true",
                "-  | 030 1234567 | +49 30 1234567 | true",
                "-  | 030 1234567 | +43 30 1234567 | true",
                "-  | 1234567 | +49 30 1234567 | true",
                "-  | 2345678 | +49 30 1234567 | false",
                "US | 12125551212 | (212) 555-1212 | true",
                "DE | 493012345678 | +49 30 12345678 | true",
            })
    void two_numbers_are_the_same(String region, String one, String other, boolean same) {
        NumberPlan plan = NumberPlan.of(region);

        assertThat(plan.read(one).sameAs(plan.read(other))).isEqualTo(same);
        assertThat(plan.read(other).sameAs(plan.read(one))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DE | 030123456 | +49 30 123456",
                "US | 2125551212 | +1 212-555-1212",
                "US | +12125551212;ext=77 | +1 212-555-1212 ext. 77",
                "DE | *97 | *97",
                "DE | 10-01 | 1001",
                "DE | front-desk | front-desk",
            })
    void a_number_is_shown(String region, String text, String shown) {
        assertThat(NumberPlan.of(region).forDisplay(text)).isEqualTo(shown);
    }
}
