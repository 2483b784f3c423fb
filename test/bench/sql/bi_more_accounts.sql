do $$ begin
    for i in 101..1000 loop
        perform crm_account_create('bi_' || i);
        commit;
    end loop;
end $$;
