"""What tests of accounts share."""

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice


@pytest.fixture
def with_app():
    """Give an account an authenticator; the answer makes the code of this moment."""

    def make(account):
        device = TOTPDevice.objects.create(user=account, name="app", confirmed=True)
        return lambda: f"{totp(device.bin_key):06d}"

    return make
