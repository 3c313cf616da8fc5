// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.Contact.PhoneNumber;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.testkit.contracts.ContactsPortContract;
import ezvcard.Ezvcard;
import ezvcard.VCard;
import ezvcard.VCardVersion;
import ezvcard.parameter.TelephoneType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VCardFileTest extends ContactsPortContract {
    @TempDir
    Path folder;

    @Override
    protected ContactsPort port() {
        return new VCardFile(file());
    }

    private Path file() {
        return folder.resolve("contacts.vcf");
    }

    @Override
    protected void hold(List<Contact> contacts) throws IOException {
        List<VCard> cards = new ArrayList<>();
        for (Contact contact : contacts) {
            VCard card = new VCard();
            card.setFormattedName(contact.displayName());
            if (contact.organisation() != null) {
                card.setOrganization(contact.organisation());
            }
            contact.numbers().forEach(number -> card.addTelephoneNumber(number.text(), TelephoneType.WORK));
            cards.add(card);
        }
        Files.writeString(
                file(),
                Ezvcard.write(cards).version(VCardVersion.V4_0).prodId(false).go());
    }

    @Override
    protected boolean addMalformed() throws IOException {
        Files.writeString(
                file(),
                "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Never Ends\r\nTEL:5550100\r\n"
                        + Files.readString(file())
                        + "BEGIN:VCARD\r\n"
                        + "VERSION:9.9\r\n"
                        + "\u0000\u0001;;;:::\r\n"
                        + "END:VCARD\r\n"
                        + "BEGIN:VCARD\r\n"
                        + "TEL:5550101");
        return true;
    }

    @Override
    protected boolean breakBook() throws IOException {
        Files.delete(file());
        return true;
    }

    @Test
    void all_three_versions_are_read() throws IOException {
        Files.writeString(
                file(),
                "BEGIN:VCARD\n"
                        + "VERSION:2.1\n"
                        + "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen\n"
                        + "TEL;CELL;PREF:0171 1234567\n"
                        + "END:VCARD\n"
                        + "BEGIN:VCARD\r\n"
                        + "VERSION:3.0\r\n"
                        + "FN:Ada\r\n"
                        + "ORG:Example Ltd;Sales\r\n"
                        + "TEL;TYPE=work,voice:+44 20\r\n"
                        + "  7946 0001\r\n"
                        + "END:VCARD\r\n"
                        + "begin:vcard\r\n"
                        + "version:4.0\r\n"
                        + "uid:u1\r\n"
                        + "fn:Grace\r\n"
                        + "tel;value=uri:tel:+1-555-0100;ext=12\r\n"
                        + "end:vcard\r\n");

        assertThat(port().contacts())
                .containsExactly(
                        new Contact(
                                port().contacts().get(0).id(),
                                "Jürgen Müller",
                                null,
                                List.of(new PhoneNumber("0171 1234567", "cell"))),
                        new Contact(
                                port().contacts().get(1).id(),
                                "Ada",
                                "Example Ltd",
                                List.of(new PhoneNumber("+44 20 7946 0001", "work"))),
                        new Contact("u1", "Grace", null, List.of(new PhoneNumber("+1-555-0100;ext=12", null))));
    }

    @Test
    void a_card_within_a_card_is_not_a_contact_and_does_not_cost_the_outer_one() throws IOException {
        Files.writeString(
                file(),
                "BEGIN:VCARD\nVERSION:2.1\nFN:Boss\nTEL:1001\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Assistant\n"
                        + "TEL:1002\nEND:VCARD\nEND:VCARD\n");

        assertThat(port().contacts()).extracting(Contact::displayName).containsExactly("Boss");
    }

    @Test
    void a_company_without_a_person_shows_its_name_and_a_nameless_entry_is_skipped() throws IOException {
        Files.writeString(
                file(),
                "BEGIN:VCARD\nVERSION:3.0\nORG:Example Ltd\nTEL:1001\nEND:VCARD\n"
                        + "BEGIN:VCARD\nVERSION:3.0\nTEL:1002\nEND:VCARD\n");

        assertThat(port().contacts()).extracting(Contact::displayName).containsExactly("Example Ltd");
    }

    @Test
    void a_file_of_another_kind_is_not_an_empty_address_book() throws IOException {
        Files.write(file(), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3});
        assertThatThrownBy(() -> port().contacts()).isInstanceOf(IOException.class);

        Files.writeString(file(), "");
        assertThat(port().contacts()).isEmpty();
    }

    @Test
    void an_entry_far_too_long_costs_itself_alone() throws IOException {
        Files.writeString(file(), "BEGIN:VCARD\nVERSION:3.0\nFN:Huge\nTEL:1001\nPHOTO;ENCODING=b:\n");
        String line = " " + "A".repeat(1 << 20) + "\n";
        for (int i = 0; i < 9; i++) {
            Files.writeString(file(), line, StandardOpenOption.APPEND);
        }
        Files.writeString(
                file(),
                "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Next\nTEL:1002\nEND:VCARD\n",
                StandardOpenOption.APPEND);

        assertThat(port().contacts()).extracting(Contact::displayName).containsExactly("Next");
    }

    @Test
    void bytes_of_another_encoding_spoil_their_letters_alone() throws IOException {
        Files.write(
                file(),
                "BEGIN:VCARD\nVERSION:3.0\nFN:J\u00fcrgen\nTEL:1001\nEND:VCARD\n"
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(port().contacts()).extracting(Contact::displayName).containsExactly("J\ufffdrgen");
    }
}
