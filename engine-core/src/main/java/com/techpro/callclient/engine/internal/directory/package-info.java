// SPDX-License-Identifier: Apache-2.0
/** Who is behind a number: contacts while they may be read, the phone system's directory, favourites. */
@NullMarked
package com.techpro.callclient.engine.internal.directory;

import org.jspecify.annotations.NullMarked;
