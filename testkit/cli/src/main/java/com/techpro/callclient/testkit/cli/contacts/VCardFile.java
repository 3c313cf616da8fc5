// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.contacts;

import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.Contact.PhoneNumber;
import com.techpro.callclient.ports.contacts.ContactsPort;
import ezvcard.VCard;
import ezvcard.io.text.VCardReader;
import ezvcard.parameter.TelephoneType;
import ezvcard.property.Organization;
import ezvcard.property.StructuredName;
import ezvcard.property.Telephone;
import ezvcard.property.TextProperty;
import ezvcard.property.Uid;
import ezvcard.util.TelUri;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An address book in one vCard file (RFC 6350; also versions 2.1 and 3.0), as address books export
 * it. The file may be edited or replaced at any time. Its revision consists of its modification
 * time, its length and its identity. Nothing is cached between reads.
 */
public final class VCardFile implements ContactsPort {
    private static final long UNREADABLE = -1;

    private final Path file;

    public VCardFile(Path file) {
        this.file = file;
    }

    @Override
    public List<Contact> contacts() throws IOException {
        List<Contact> contacts = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        // Invalid UTF-8 is read with replacement characters: an odd-looking name is better than
        // none.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            VCardEntries entries = new VCardEntries(lines);
            for (String entry = entries.next(); entry != null; entry = entries.next()) {
                Contact contact = contact(entry, ids);
                if (contact != null) {
                    contacts.add(contact);
                }
            }
            if (entries.isForeign()) {
                throw new IOException("there is no vCard in this file");
            }
        }
        return contacts;
    }

    @Override
    public long revision() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.hash(now.lastModifiedTime(), now.fileKey()) * 31L + now.size();
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    /** Null if it is damaged, or has no number. */
    private static @Nullable Contact contact(String entry, Set<String> ids) {
        VCard card;
        try (VCardReader reader = new VCardReader(entry)) {
            card = reader.readNext();
        } catch (IOException | RuntimeException e) {
            // The library throws RuntimeException for some entries that it cannot read.
            return null;
        }
        if (card == null) {
            return null;
        }
        List<PhoneNumber> numbers = numbers(card);
        String organisation = organisation(card);
        String name = name(card, organisation);
        if (name == null || numbers.isEmpty()) {
            return null;
        }
        return new Contact(id(card, name, numbers, ids), name, organisation, numbers);
    }

    private static List<PhoneNumber> numbers(VCard card) {
        List<PhoneNumber> numbers = new ArrayList<>();
        for (Telephone telephone : card.getTelephoneNumbers()) {
            TelUri uri = telephone.getUri();
            String text = uri == null ? telephone.getText() : uri(uri);
            if (text != null && !text.isBlank()) {
                String label = telephone.getTypes().stream()
                        .map(TelephoneType::getValue)
                        .filter(type -> !type.equals("pref") && !type.equals("voice"))
                        .findFirst()
                        .orElse(null);
                numbers.add(new PhoneNumber(text.trim(), label == null ? null : label.toLowerCase(Locale.ROOT)));
            }
        }
        return numbers;
    }

    private static String uri(TelUri uri) {
        String extension = uri.getExtension();
        return extension == null ? uri.getNumber() : uri.getNumber() + ";ext=" + extension;
    }

    private static @Nullable String organisation(VCard card) {
        Organization organisation = card.getOrganization();
        List<String> units = organisation == null ? List.of() : organisation.getValues();
        return units.isEmpty() ? null : textOrNull(units.get(0));
    }

    /** Returns the display name, else the name composed of its parts, else the organisation's. */
    private static @Nullable String name(VCard card, @Nullable String organisation) {
        TextProperty formatted = card.getFormattedName();
        String name = formatted == null ? null : textOrNull(formatted.getValue());
        StructuredName parts = card.getStructuredName();
        if (name == null && parts != null) {
            name = textOrNull(Stream.of(parts.getGiven(), parts.getFamily())
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" ")));
        }
        return name == null ? organisation : name;
    }

    /** Returns its own ID, or one that stays the same as long as the entry is not edited. */
    private static String id(VCard card, String name, List<PhoneNumber> numbers, Set<String> taken) {
        Uid uid = card.getUid();
        String own = uid == null ? null : textOrNull(uid.getValue());
        String id = own == null ? "entry-" + Integer.toHexString(Objects.hash(name, numbers)) : own;
        String unique = id;
        for (int i = 2; !taken.add(unique); i++) {
            unique = id + "-" + i;
        }
        return unique;
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
