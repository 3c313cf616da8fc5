// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.Contact.PhoneNumber;
import com.techpro.callclient.ports.contacts.ContactsPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link ContactsPort}. An adapter's author changes the user's address book as far
 * as possible.
 */
@PortContract
public abstract class ContactsPortContract {
    private static final Contact ADA =
            contact("Ada Example", "Example Ltd", "+44 20 7946 0001", "(020) 7946-0002", "1001");
    private static final Contact GRACE = contact("Grace Müller; née O'Hara, Dr.", null, "*97");
    private static final Contact NO_NUMBER = contact("Nobody To Call", null);

    /** Returns the port under test; called once per test. */
    protected abstract ContactsPort port();

    /** Replaces the contents of the address book, as the user would. */
    protected abstract void hold(List<Contact> contacts) throws IOException;

    /**
     * Adds a malformed entry to the address book; false if there can be none ("malformed entries").
     */
    protected abstract boolean addMalformed() throws IOException;

    /**
     * Makes the address book unreadable; false if that cannot be tried ("an unreadable address
     * book").
     */
    protected abstract boolean breakBook() throws IOException;

    @Test
    void CON_1_every_contact_with_a_number_is_given_as_the_user_typed_it() throws IOException {
        ContactsPort port = port();
        hold(List.of(ADA, NO_NUMBER, GRACE));

        assertThat(port.contacts())
                .extracting(Contact::displayName)
                .containsExactlyInAnyOrder(ADA.displayName(), GRACE.displayName());
        Contact ada = named(port, ADA.displayName());
        assertThat(ada.organisation()).isEqualTo("Example Ltd");
        assertThat(ada.numbers())
                .extracting(PhoneNumber::text)
                .containsExactly("+44 20 7946 0001", "(020) 7946-0002", "1001");
        assertThat(named(port, GRACE.displayName()).organisation()).isNull();
        assertThat(port.contacts()).extracting(Contact::id).doesNotHaveDuplicates();
    }

    @Test
    void CON_1_an_empty_address_book_has_nobody() throws IOException {
        ContactsPort port = port();
        hold(List.of());

        assertThat(port.contacts()).isEmpty();
    }

    @Test
    void CON_2_the_revision_tells_whether_the_answer_would_be_another() throws IOException {
        ContactsPort port = port();
        hold(List.of(ADA));
        long first = port.revision();
        assertThat(port.contacts()).hasSize(1);
        assertThat(port.revision()).isEqualTo(first);

        hold(List.of(ADA, GRACE));
        long second = port.revision();
        assertThat(second).isNotEqualTo(first);
        hold(List.of(GRACE, ADA, contact("Carol", null, "1003")));
        assertThat(port.revision()).isNotEqualTo(second);
    }

    @Test
    @OptionalClause("malformed entries")
    void CON_3_an_entry_that_cannot_be_understood_is_left_out_and_the_others_are_given() throws IOException {
        ContactsPort port = port();
        hold(List.of(ADA, GRACE));
        require(addMalformed(), "malformed entries");

        assertThat(port.contacts())
                .extracting(Contact::displayName)
                .containsExactlyInAnyOrder(ADA.displayName(), GRACE.displayName());
    }

    @Test
    @OptionalClause("an unreadable address book")
    void CON_3_an_address_book_that_cannot_be_read_is_an_io_exception() throws IOException {
        ContactsPort port = port();
        hold(List.of(ADA));
        require(breakBook(), "an unreadable address book");

        assertThatThrownBy(port::contacts).isInstanceOf(IOException.class);
    }

    @Test
    @OptionalClause("an unreadable address book")
    void CON_2_the_revision_of_an_address_book_that_cannot_be_read_is_a_value() throws IOException {
        ContactsPort port = port();
        hold(List.of(ADA));
        long before = port.revision();
        require(breakBook(), "an unreadable address book");

        assertThat(port.revision()).isNotEqualTo(before);
    }

    @Test
    void CON_4_several_threads_may_read_at_once() throws Exception {
        ContactsPort port = port();
        hold(List.of(ADA, GRACE));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                readers.add(() -> {
                    long before = port.revision();
                    int size = port.contacts().size();
                    return port.revision() == before ? size : -1;
                });
            }
            for (Future<Integer> read : threads.invokeAll(readers)) {
                assertThat(read.get()).isEqualTo(2);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Contact named(ContactsPort port, String name) throws IOException {
        return port.contacts().stream()
                .filter(contact -> contact.displayName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Contact contact(String name, @Nullable String organisation, String... numbers) {
        List<PhoneNumber> typed = new ArrayList<>();
        for (String number : numbers) {
            typed.add(new PhoneNumber(number, "work"));
        }
        return new Contact(name, name, organisation, typed);
    }
}
