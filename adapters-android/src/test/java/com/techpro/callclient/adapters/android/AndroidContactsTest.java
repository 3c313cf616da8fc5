// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.Application;
import android.provider.ContactsContract;
import android.provider.ContactsContract.CommonDataKinds.Phone;
import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.testkit.contracts.ContactsPortContract;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.RuntimeEnvironment;

class AndroidContactsTest {
    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return ApiLevels.run(Kit.class);
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return ApiLevels.run(OnAndroid.class);
    }

    static class Kit extends ContactsPortContract {
        private final Application app = RuntimeEnvironment.getApplication();
        private final AddressBook book = AddressBook.install();

        @Override
        protected ContactsPort port() {
            shadowOf(app).grantPermissions(Manifest.permission.READ_CONTACTS);
            return new AndroidContacts(app);
        }

        @Override
        protected void hold(List<Contact> contacts) {
            book.hold(contacts);
        }

        @Override
        protected boolean addMalformed() {
            book.addNumber(null, "No Key", "1", Phone.TYPE_HOME, null);
            book.addNumber("1", null, "1", Phone.TYPE_HOME, null);
            book.addNumber("2", " ", "1", Phone.TYPE_HOME, null);
            book.addNumber("3", "No Number", null, Phone.TYPE_HOME, null);
            book.addNumber("4", "Long Number", "1".repeat(300), Phone.TYPE_HOME, null);
            book.notifyApps();
            return true;
        }

        @Override
        protected boolean breakBook() {
            shadowOf(app).denyPermissions(Manifest.permission.READ_CONTACTS);
            return true;
        }
    }

    static class OnAndroid {
        private final Application app = RuntimeEnvironment.getApplication();
        private final AddressBook book = AddressBook.install();
        private final AndroidContacts port = new AndroidContacts(app);

        @AfterEach
        void close() {
            port.close();
            port.close();
            assertThat(shadowOf(app.getContentResolver()).getContentObservers(ContactsContract.AUTHORITY_URI))
                    .isEmpty();
        }

        @Test
        void address_book_failures_are_io_exceptions_without_personal_data() {
            shadowOf(app).grantPermissions(Manifest.permission.READ_CONTACTS);
            book.failWith(new IllegalStateException("Ada Canary 5550199"));
            assertFailsWithoutNames();
            book.failWith(null);
            shadowOf(app).denyPermissions(Manifest.permission.READ_CONTACTS);
            assertFailsWithoutNames();
            shadowOf(app).grantPermissions(Manifest.permission.READ_CONTACTS);
            book.beGone();
            assertFailsWithoutNames();
        }

        @Test
        void labels_are_the_users_or_androids() throws IOException {
            shadowOf(app).grantPermissions(Manifest.permission.READ_CONTACTS);
            book.addNumber("1", "Ada", "1001", Phone.TYPE_CUSTOM, "boat");
            book.addNumber("1", "Ada", "1002", Phone.TYPE_WORK, null);
            assertThat(port.contacts())
                    .singleElement()
                    .extracting(Contact::numbers)
                    .satisfies(numbers -> assertThat(numbers)
                            .extracting(Contact.PhoneNumber::label)
                            .containsExactly("boat", "Work"));
        }

        @Test
        void it_reads_two_tables_however_many_contacts_there_are_and_not_without_end() throws IOException {
            shadowOf(app).grantPermissions(Manifest.permission.READ_CONTACTS);
            for (int i = 0; i < 50_010; i++) {
                book.addNumber("" + i, "Person", "" + i, Phone.TYPE_WORK, null);
            }
            assertThat(port.contacts()).hasSize(50_000);
            assertThat(book.queries).isEqualTo(2);
        }

        @Test
        void looking_at_the_revision_reads_nothing_and_allowing_changes_it() {
            shadowOf(app).denyPermissions(Manifest.permission.READ_CONTACTS);
            long denied = port.revision();
            shadowOf(app).grantPermissions(Manifest.permission.READ_CONTACTS);
            long allowed = port.revision();
            assertThat(allowed).isNotEqualTo(denied).isEqualTo(port.revision());
            book.notifyApps();
            assertThat(port.revision()).isNotEqualTo(allowed);
            assertThat(book.queries).isZero();
        }

        private void assertFailsWithoutNames() {
            assertThatThrownBy(port::contacts).isInstanceOfSatisfying(IOException.class, failure -> {
                StringWriter printed = new StringWriter();
                failure.printStackTrace(new PrintWriter(printed));
                assertThat(printed.toString()).doesNotContain("Canary").doesNotContain("5550199");
            });
        }
    }
}
