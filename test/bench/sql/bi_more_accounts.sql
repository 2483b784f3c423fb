call rig.bi_accounts(101, 1000);
